/** What is still to be sent: chosen, frozen, and put into the form the server reads. */
import { change } from "../vault/desk.js"

const MOST_CHANGES = 500
/** Under the server's 1 MiB, with room for the envelope. */
const MOST_BYTES = 1_000_000

/** @typedef {import("./rules.js").Change} Change */

/**
 * The next changes to send, one of each record, older ones first. They are frozen first: from here on the server may have
 * them, and a repeat must be the same.
 * @param {any} db @param {string} sentAt
 */
export function nextBatch(db, sentAt) {
  return change(db, async (desk) => {
    await desk.loadAll("outbox")
    /** @type {Change[]} */
    const waiting = desk.all("outbox").filter((change) => !change.refused)
    const onTheirWay = new Set(waiting.filter((change) => change.sent_at).map((change) => change.record_id))
    const candidates = waiting.filter((change) => change.sent_at || !onTheirWay.has(change.record_id)).slice(0, MOST_CHANGES)
    await desk.load("records", candidates.filter((change) => !change.sent_at).map((change) => change.record_id))
    const batch = []
    let bytes = 0
    for (const change of candidates) {
      const base = desk.get("records", change.record_id)?.base
      const ready = change.sent_at ? change : { ...change, base_revision: change.base_revision ?? base?.revision ?? 0, sent_at: sentAt }
      const wire = wireOf(ready)
      bytes += new TextEncoder().encode(JSON.stringify(wire)).length + 1
      if (batch.length && bytes > MOST_BYTES) break
      if (!change.sent_at) desk.put("outbox", ready)
      batch.push(wire)
    }
    return batch
  })
}

/** A change as the server reads it. @param {Change} change */
export function wireOf({ id, kind, record_id, base_revision, edited_at, patch, delete: gone }) {
  return { id, kind, record_id, base_revision, edited_at, ...(gone ? { delete: true } : { patch }) }
}
