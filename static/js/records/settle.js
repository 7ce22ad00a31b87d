/** Takes the server's answer in: records and outbox together, so that nothing waiting goes before its answer is kept. */
import { uuid7 } from "../base/database.js"
import { change } from "../vault/desk.js"
import { applied, baseOfNext, missing, NOTHING } from "./rules.js"
import { rowOf } from "./store.js"

/** @typedef {import("./rules.js").Change} Change */
/** @typedef {import("./rules.js").Wire} Wire */
/** @typedef {import("./store.js").Row} Row */
/** @typedef {import("../vault/desk.js").Desk} Desk */

/**
 * Settles one answer of POST /api/sync in one transaction. Answers how many of our changes it spoke of.
 * @param {any} db @param {any} answer
 */
export function settle(db, answer) {
  return change(db, async (desk) => {
    await desk.load("outbox", answer.results.map((/** @type {any} */ result) => result.id))
    const records = answer.records.map((/** @type {Wire} */ record) => record.id)
    const ids = [...new Set([...desk.all("outbox").map((sent) => sent.record_id), ...records])]
    await Promise.all([desk.load("records", ids), desk.loadChangesOf(ids)])
    let spokenOf = 0
    for (const result of answer.results) {
      const sent = desk.get("outbox", result.id)
      if (!sent) continue
      spokenOf += 1
      if (result.outcome === "refused") keepRefused(desk, sent, result.errors)
      else settleOne(desk, sent, result.record)
    }
    for (const record of answer.records) takeIn(desk, record)
    note(desk, answer)
    return spokenOf
  })
}

/**
 * After the server was restored from a backup: `records` is all it has now; what it lacks is queued again.
 * @param {any} db @param {Wire[]} found @param {any} answer the last page of it
 */
export function settleRestored(db, found, answer) {
  return change(db, async (desk) => {
    await Promise.all([desk.loadAll("records"), desk.loadAll("outbox")])
    /** @type {Map<string, Wire>} */
    const there = new Map(found.map((record) => [record.id, record]))
    for (const row of desk.all("records")) {
      queueAgain(desk, row, there.get(row.id) ?? null, changesOf(desk, row.id))
      there.delete(row.id)
    }
    for (const record of there.values()) desk.put("records", rowOf(record, record, record))
    note(desk, answer)
  })
}

/** @param {Desk} desk @param {any} answer */
function note(desk, answer) {
  desk.note("since", answer.revision)
  if (answer.history) desk.note("history", answer.history)
}

/** @param {Desk} desk @param {Change} sent @param {Wire} record */
function settleOne(desk, sent, record) {
  /** @type {Row | undefined} */
  const row = desk.get("records", record.id)
  const next = otherThan(desk, sent)
  desk.delete("outbox", sent.id)
  if (next && next.base_revision === null) {
    const known = applied(row?.base ?? NOTHING, sent)
    desk.put("outbox", { ...next, base_revision: baseOfNext(sent, known, record, next) })
  }
  put(desk, row, record, next ? [next] : [])
}

/** A change the server would not take stays, with its reasons, until it is edited. @param {Desk} desk @param {Change} sent @param {any[]} errors */
function keepRefused(desk, sent, errors) {
  const next = otherThan(desk, sent)
  if (!next) return desk.put("outbox", { ...sent, sent_at: null, refused: errors ?? [] })
  // It was edited meanwhile: both become one new change, which may well be right now.
  const row = desk.get("records", sent.record_id)
  const todo = missing(row.base, row.record)
  desk.delete("outbox", sent.id)
  desk.delete("outbox", next.id)
  if (todo) desk.put("outbox", { ...bare(next), ...todo, edited_at: row.base ? next.edited_at : sent.edited_at, base_revision: sent.base_revision })
  else if (!row.base) desk.delete("records", row.id)
}

/** @param {Desk} desk @param {Wire} record */
function takeIn(desk, record) {
  /** @type {Row | undefined} */
  const row = desk.get("records", record.id)
  if (row?.base && row.base.revision >= record.revision) return
  put(desk, row, record, changesOf(desk, record.id).toSorted((a) => (a.sent_at ? -1 : 1)))
}

/** @param {Desk} desk @param {Row | undefined} row @param {Wire} record @param {Change[]} waiting */
function put(desk, row, record, waiting) {
  const base = row?.base && row.base.revision > record.revision ? row.base : record
  const state = waiting.reduce(applied, base)
  desk.put("records", rowOf({ ...base, edited_at: waiting.at(-1)?.edited_at ?? base.edited_at }, base, state, row?.at))
}

/** @param {Desk} desk @param {Row} row @param {Wire | null} there @param {Change[]} waiting */
function queueAgain(desk, row, there, waiting) {
  const isOurs = !there || Date.parse(there.edited_at) < Date.parse(row.record.edited_at)
  if (!waiting.length && !isOurs) return put(desk, undefined, /** @type {Wire} */ (there), [])
  waiting.forEach(({ id }) => desk.delete("outbox", id))
  const todo = missing(there, row.record)
  // Older by the server's own clock than what this device knew: it was seen. Else another device was first, and "never
  // seen" makes the server keep both texts.
  const seen = there && row.base && Date.parse(there.received_at ?? "") <= Date.parse(row.base.received_at ?? "")
  if (todo) {
    desk.put("outbox", {
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
  if (!there && row.record.deleted) desk.delete("records", row.id)
  else desk.put("records", { ...row, base: there })
}

/** @param {Desk} desk @param {string} recordId @returns {Change[]} */
const changesOf = (desk, recordId) => desk.all("outbox", ({ record_id }) => record_id === recordId)

/** The record's other change. @param {Desk} desk @param {Change} sent @returns {Change | undefined} */
const otherThan = (desk, sent) => changesOf(desk, sent.record_id).find((other) => other.id !== sent.id)

/** @param {Change} change */
function bare({ patch: _patch, delete: _gone, ...rest }) {
  return rest
}
