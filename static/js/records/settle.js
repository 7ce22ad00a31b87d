/** Takes the server's answer in: records and outbox together, so that nothing waiting goes before its answer is kept. */
import { STRICT } from "../base/database.js"
import { uuid7 } from "../base/ids.js"
import { applied, baseOfNext, missing, NOTHING } from "./rules.js"
import { rowOf } from "./store.js"

/** @typedef {import("./rules.js").Change} Change */
/** @typedef {import("./rules.js").Wire} Wire */
/** @typedef {import("./store.js").Row} Row */

/**
 * Settles one answer of POST /api/sync in one transaction. Answers how many of our changes it spoke of.
 * @param {any} db @param {any} answer
 */
export async function settle(db, answer) {
  const tx = db.transaction(["records", "outbox", "meta"], "readwrite", STRICT)
  let spokenOf = 0
  for (const result of answer.results) {
    const change = await tx.objectStore("outbox").get(result.id)
    if (!change) continue
    spokenOf += 1
    if (result.outcome === "refused") await keepRefused(tx, change, result.errors)
    else await settleOne(tx, change, result.record)
  }
  for (const record of answer.records) await takeIn(tx, record)
  remember(tx, answer)
  await tx.done
  return spokenOf
}

/**
 * After the server was restored from a backup: `records` is all it has now; what it lacks is queued again.
 * @param {any} db @param {Wire[]} found @param {any} answer the last page of it
 */
export async function settleRestored(db, found, answer) {
  const tx = db.transaction(["records", "outbox", "meta"], "readwrite", STRICT)
  /** @type {Map<string, Wire>} */
  const there = new Map(found.map((record) => [record.id, record]))
  /** @type {Row[]} */
  const rows = await tx.objectStore("records").getAll()
  for (const row of rows) {
    await queueAgain(tx, row, there.get(row.id) ?? null)
    there.delete(row.id)
  }
  for (const record of there.values()) tx.objectStore("records").put(rowOf(record, record, record))
  remember(tx, answer)
  await tx.done
}

/** @param {any} tx @param {any} answer */
function remember(tx, answer) {
  tx.objectStore("meta").put(answer.revision, "since")
  if (answer.history) tx.objectStore("meta").put(answer.history, "history")
}

/** @param {any} tx @param {Change} change @param {Wire} record */
async function settleOne(tx, change, record) {
  /** @type {Row | undefined} */
  const row = await tx.objectStore("records").get(record.id)
  const [next] = await others(tx, change)
  tx.objectStore("outbox").delete(change.id)
  if (next && next.base_revision === null) {
    const known = applied(row?.base ?? NOTHING, change)
    tx.objectStore("outbox").put({ ...next, base_revision: baseOfNext(change, known, record, next) })
  }
  put(tx, row, record, next ? [next] : [])
}

/** A change the server would not take stays, with its reasons, until it is edited. @param {any} tx @param {Change} change @param {any[]} errors */
async function keepRefused(tx, change, errors) {
  const outbox = tx.objectStore("outbox")
  const [next] = await others(tx, change)
  if (!next) return outbox.put({ ...change, sent_at: null, refused: errors ?? [] })
  // It was edited meanwhile: both become one new change, which may well be right now.
  const row = await tx.objectStore("records").get(change.record_id)
  const todo = missing(row.base, row.record)
  outbox.delete(change.id)
  outbox.delete(next.id)
  if (todo) outbox.put({ ...bare(next), ...todo, edited_at: row.base ? next.edited_at : change.edited_at, base_revision: change.base_revision })
  else if (!row.base) tx.objectStore("records").delete(row.id)
}

/** @param {any} tx @param {Wire} record */
async function takeIn(tx, record) {
  /** @type {Row | undefined} */
  const row = await tx.objectStore("records").get(record.id)
  if (row?.base && row.base.revision >= record.revision) return
  const queued = await tx.objectStore("outbox").index("record_id").getAll(record.id)
  put(tx, row, record, queued.toSorted((/** @type {Change} */ a) => (a.sent_at ? -1 : 1)))
}

/** @param {any} tx @param {Row | undefined} row @param {Wire} record @param {Change[]} waiting */
function put(tx, row, record, waiting) {
  const base = row?.base && row.base.revision > record.revision ? row.base : record
  const state = waiting.reduce(applied, base)
  tx.objectStore("records").put(rowOf({ ...base, edited_at: waiting.at(-1)?.edited_at ?? base.edited_at }, base, state, row?.at))
}

/** @param {any} tx @param {Row} row @param {Wire | null} there */
async function queueAgain(tx, row, there) {
  /** @type {Change[]} */
  const waiting = await tx.objectStore("outbox").index("record_id").getAll(row.id)
  const isOurs = !there || Date.parse(there.edited_at) < Date.parse(row.record.edited_at)
  if (!waiting.length && !isOurs) return put(tx, undefined, /** @type {Wire} */ (there), [])
  waiting.forEach((change) => tx.objectStore("outbox").delete(change.id))
  const todo = missing(there, row.record)
  // Older by the server's own clock than what this device knew: it was seen. Else another device was first, and "never
  // seen" makes the server keep both texts.
  const seen = there && row.base && Date.parse(there.received_at ?? "") <= Date.parse(row.base.received_at ?? "")
  if (todo) {
    tx.objectStore("outbox").put({
      id: uuid7(),
      kind: row.kind,
      record_id: row.id,
      base_revision: seen ? there.revision : 0,
      edited_at: there ? row.record.edited_at : row.record.recorded_at,
      ...todo,
      sent_at: null,
      refused: null,
    })
  }
  if (!there && row.record.deleted) tx.objectStore("records").delete(row.id)
  else tx.objectStore("records").put({ ...row, base: there })
}

/** The record's other changes. @param {any} tx @param {Change} change @returns {Promise<Change[]>} */
async function others(tx, change) {
  const queued = await tx.objectStore("outbox").index("record_id").getAll(change.record_id)
  return queued.filter((/** @type {Change} */ other) => other.id !== change.id)
}

/** @param {Change} change */
function bare({ patch: _patch, delete: _gone, ...rest }) {
  return rest
}
