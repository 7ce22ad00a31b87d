/** What the server did not take, of every kind: it stays here until it is changed or thrown away. */
import { opened } from "../vault/desk.js"
import { remove, restore } from "./store.js"

/** @typedef {import("./store.js").Row} Row */
/** @typedef {Row & {refused: {pointer: string, detail: string}[], isDeletion: boolean}} Refused a record as it stands here, why its change was refused, and whether that was to delete it */

/** @param {any} db @returns {Promise<Refused[]>} the last written first; none while locked */
export async function refusedHere(db) {
  const lying = (await db.getAll("outbox")).filter((/** @type {any} */ one) => one.is_refused)
  /** @type {import("./rules.js").Change[]} */
  const changes = await opened(db, "outbox", lying)
  const rows = await opened(db, "records", await Promise.all(changes.map(({ record_id }) => db.get("records", record_id))))
  const found = changes.flatMap((change) => {
    const row = rows.find(({ id }) => id === change.record_id)
    return row ? [{ ...row, refused: change.refused ?? [], isDeletion: Boolean(change.delete) }] : []
  })
  return found.toSorted((a, b) => (a.record.edited_at < b.record.edited_at ? 1 : -1))
}

/** The record stands again as the server last answered it, or goes where the server never had it. @param {any} db @param {Row} row @param {string} editedAt */
export const throwAway = (db, row, editedAt) =>
  row.base && !row.base.deleted ? restore(db, { ...row, record: row.base }, editedAt) : remove(db, row, editedAt)
