/** What is written on this device: the record and its change to be sent, kept together or not at all. */
import { announce, uuid7 } from "../base/database.js"
import { change, isOpen, opened } from "../vault/desk.js"
import { draftAtRest, draftOf } from "./drafts.js"
import { applied, counted, instantIn, isCrossed, missing, NOTHING, rebased, unchosen, undecided } from "./rules.js"

/** @typedef {import("./rules.js").Values} Values */
/** @typedef {import("./rules.js").Change} Change */
/** @typedef {import("./rules.js").Wire} Wire */
/** @typedef {import("./rules.js").State} State */
/** @typedef {import("./drafts.js").Draft} Draft */
/**
 * @typedef {object} Row a record as it stands here
 * @property {string} id @property {string} kind
 * @property {string} at when it was felt or begins
 * @property {Wire} record with everything written here, sent or not
 * @property {Wire | null} base as the server last answered it
 * @property {boolean} [waiting] something of it is not yet sent
 * @property {Change["refused"]} [refused] why the server did not take it
 */

/** What was written in this page while locked, by database: on disk it can't be read before the next unlock. @type {Map<string, Change[]>} */
export const inMemory = new Map()

/**
 * Keeps `values` as the record and queues the change, both on disk before this answers.
 * @param {any} db @param {string} kind @param {string} id @param {Values} values all of them @param {string} editedAt
 * @param {string[]} [decided] fields of which one version was chosen
 * @param {Wire} [shown] the record that was edited: what was written to it since is kept beside the edit
 * @param {Draft | null} [half] what is half written of it from now on, nothing where it is null; left as it is when left out
 */
export function keep(db, kind, id, values, editedAt, decided = [], shown, half) {
  return write(db, { kind, id, recorded_at: editedAt }, editedAt, (before) => {
    const wanted = shown && !before.deleted ? rebased(shown.values, values, before.values) : values
    const seen = shown && isCrossed(shown, values, before) ? shown.revision : undefined
    return { values: wanted, alternatives: undecided(before, wanted, decided), deleted: false, seen }
  }, half)
}

/** Takes the choice of a version back. @param {any} db @param {Row} row as it stood before @param {string} editedAt */
export const reopen = (db, row, editedAt) =>
  write(db, row.record, editedAt, (before, known) => ({ ...unchosen(before, row.record, known), seen: row.record.revision }))

/**
 * Takes a record away, here at once and on the server when it hears of it.
 * @param {any} db @param {Row} row @param {string} editedAt @returns {Promise<Draft | undefined>} what was half written of it
 */
export async function remove(db, row, editedAt) {
  const half = await draftOf(db, row.id)
  await write(db, row.record, editedAt, () => NOTHING, null)
  return half
}

/** Brings a removed record back as it was. @param {any} db @param {Row} row as it stood before @param {string} editedAt @param {Draft} [half] that was removed with it */
export const restore = (db, row, editedAt, half) => write(db, row.record, editedAt, () => ({ ...row.record, deleted: false }), half)

/**
 * The records of a kind, newest first, each with `waiting` and `refused`; none while locked.
 * @param {any} db @param {string} kind @param {string} [from] the earliest instant; all when left out
 * @param {string} [to] up to this instant, without it @returns {Promise<Row[]>}
 */
export async function all(db, kind, from = "", to = "\uffff") {
  if (!(await isOpen())) return []
  const tx = db.transaction(["records", "outbox"])
  const [lying, queued] = await Promise.all([
    tx.objectStore("records").index("kind_at").getAll(IDBKeyRange.bound([kind, from], [kind, to], false, true)),
    tx.objectStore("outbox").getAll(),
  ])
  const rows = (await opened(db, "records", lying)).filter((/** @type {Row} */ row) => !row.record.deleted)
  return (await withWaiting(db, rows, queued)).reverse()
}

/** The instant of the newest record of a kind that is older than `at`; undefined when there is none. @param {any} db @param {string} kind @param {string} at */
export async function latestBefore(db, kind, at) {
  const range = IDBKeyRange.bound([kind, ""], [kind, at], false, true)
  const cursor = await db.transaction("records").store.index("kind_at").openKeyCursor(range, "prev")
  return /** @type {string | undefined} */ (cursor?.key[1])
}

/** One record, or undefined; so while locked. @param {any} db @param {string} id @returns {Promise<Row | undefined>} */
export async function one(db, id) {
  const [row] = await opened(db, "records", [await db.get("records", id)])
  if (!row || row.record.deleted) return undefined
  return (await withWaiting(db, [row], await db.getAllFromIndex("outbox", "record_id", id)))[0]
}

/** How many records have something not yet sent, and how many of these were refused; known while locked too. @param {any} db */
export async function unsent(db) {
  const tx = db.transaction(["outbox", "boxed"])
  const [queued, boxed] = await Promise.all([tx.objectStore("outbox").getAll(), tx.objectStore("boxed").getAll()])
  const waiting = [...queued, ...boxed.filter((/** @type {any} */ one) => one.store === "outbox" && !one.is_sent)]
  const refused = queued.filter((/** @type {any} */ one) => one.is_refused)
  return { waiting: new Set(waiting.map(({ record_id }) => record_id)).size, refused: new Set(refused.map((/** @type {any} */ one) => one.record_id)).size }
}

/** @param {any} db @param {Row[]} rows @param {any[]} queued changes as they lie @returns {Promise<Row[]>} */
async function withWaiting(db, rows, queued) {
  const waiting = new Set(queued.map(({ record_id }) => record_id))
  const refused = new Map((await opened(db, "outbox", queued.filter((one) => one.is_refused))).map((change) => [change.record_id, change.refused]))
  return rows.map((row) => ({ ...row, waiting: waiting.has(row.id), refused: refused.get(row.id) ?? null }))
}

/**
 * @param {any} db @param {{kind: string, id: string, recorded_at: string}} record @param {string} editedAt
 * @param {(before: State, known: State | null) => State & {seen?: number}} wantedOf `seen`: the revision it was decided on, where
 * that is not the newest here
 * @param {Draft | null} [half]
 */
async function write(db, { kind, id, recorded_at }, editedAt, wantedOf, half) {
  await draftAtRest(id)
  const written = await change(db, async (desk) => {
    await Promise.all([desk.load("records", [id]), desk.loadChangesOf([id])])
    /** @type {Row | undefined} */
    const row = desk.get("records", id)
    /** @type {Change[]} */
    const queued = desk.all("outbox")
    const recorded = row?.record.recorded_at ?? recorded_at
    const onItsWay = queued.find((one) => one.sent_at)
    const waiting = queued.find((one) => !one.sent_at)
    const base = row?.base ?? null
    const known = onItsWay ? applied(base ?? NOTHING, onItsWay) : base
    const { seen, ...wanted } = wantedOf(row?.record ?? NOTHING, known)
    const todo = missing(known, wanted)
    if (waiting) desk.delete("outbox", waiting.id)
    const order = todo && {
      id: waiting?.id ?? uuid7(),
      kind,
      record_id: id,
      base_revision: seen ?? (waiting ? waiting.base_revision : onItsWay ? null : (base?.revision ?? 0)),
      // The change that makes a record says when it was typed, also when a word is mended before it is sent.
      edited_at: known ? editedAt : recorded,
      ...todo,
      // What may be sent from memory can't be altered any more.
      sent_at: desk.isLocked ? editedAt : null,
      refused: null,
    }
    if (order) desk.put("outbox", order)
    if (wanted.deleted && !known) desk.delete("records", id)
    else desk.put("records", rowOf({ kind, id, recorded_at: recorded, edited_at: editedAt, received_at: base?.received_at ?? null }, base, wanted, row?.at))
    if (half) desk.put("drafts", half)
    else if (half === null) desk.delete("drafts", id)
    return desk.isLocked ? order : null
  })
  if (written) inMemory.set(db.name, [...(inMemory.get(db.name) ?? []), written])
  announce("records")
}

/**
 * The row of a record that stands as `state` here.
 * @param {Pick<Wire, "kind" | "id" | "recorded_at" | "edited_at" | "received_at">} record @param {Wire | null} base
 * @param {State} state @param {string} [at] kept for a record that is gone
 * @returns {Row}
 */
export function rowOf({ kind, id, recorded_at, edited_at, received_at }, base, state, at) {
  const values = Object.fromEntries(Object.entries(state.values).filter(([, value]) => value !== null))
  const { alternatives, deleted } = state
  const revision = base?.revision ?? 0
  const record = { kind, id, revision, deleted, recorded_at, edited_at, received_at, values, alternatives }
  return { id, kind, at: instantIn(counted({ recorded_at, values }), at ?? recorded_at), record, base }
}
