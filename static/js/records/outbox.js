/** What is still to be sent: chosen, frozen, and put into the form the server reads. */
import { STRICT } from "../base/database.js"

const MOST_CHANGES = 500
/** Under the server's 1 MiB, with room for the envelope. */
const MOST_BYTES = 1_000_000

/** @typedef {import("./rules.js").Change} Change */

/**
 * The next changes to send, one of each record, older ones first. They are frozen first: from here on the server may have
 * them, and a repeat must be the same.
 * @param {any} db @param {string} sentAt
 */
export async function nextBatch(db, sentAt) {
  const tx = db.transaction(["records", "outbox"], "readwrite", STRICT)
  const outbox = tx.objectStore("outbox")
  /** @type {Change[]} */
  const changes = await outbox.getAll()
  const onTheirWay = new Set(changes.filter((change) => change.sent_at).map((change) => change.record_id))
  const batch = []
  let bytes = 0
  for (const change of changes) {
    if (change.refused || (!change.sent_at && onTheirWay.has(change.record_id))) continue
    if (!change.sent_at) {
      const row = await tx.objectStore("records").get(change.record_id)
      change.base_revision ??= row?.base?.revision ?? 0
    }
    const wire = wireOf(change)
    bytes += new TextEncoder().encode(JSON.stringify(wire)).length + 1
    if (batch.length === MOST_CHANGES || (batch.length && bytes > MOST_BYTES)) break
    if (!change.sent_at) outbox.put({ ...change, sent_at: sentAt })
    batch.push(wire)
  }
  await tx.done
  return batch
}

/** @param {Change} change */
function wireOf({ id, kind, record_id, base_revision, edited_at, patch, delete: gone }) {
  return { id, kind, record_id, base_revision, edited_at, ...(gone ? { delete: true } : { patch }) }
}
