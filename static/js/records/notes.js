/** Small notes of this device alone, sealed like everything that is written, which no record has a place for. */
import { change, opened } from "../vault/desk.js"

/** Who is near on the evening of a session, and the clinic's number. */
export const NEAR = "near"

/** A note; undefined where there is none, and while locked. @param {any} db @param {string} id @returns {Promise<any>} */
export const noteOf = async (db, id) => (await opened(db, "notes", [await db.get("notes", id)]))[0]

/** Keeps a note in the place of what it was; so none while locked, when that can't be read. @param {any} db @param {{id: string, [more: string]: any}} note */
export const keepNote = (db, note) => change(db, (desk) => (desk.isLocked ? undefined : desk.put("notes", note)))

/**
 * Puts what `next` makes of a note in its place, in one transaction: what another tab wrote meanwhile is not lost. Nothing while locked.
 * @param {any} db @param {string} id @param {(note: any) => any} next the note as it is where nothing changes; it may run more than once
 */
export const changeNote = (db, id, next) =>
  change(db, async (desk) => {
    if (desk.isLocked) return
    await desk.load("notes", [id])
    const note = desk.get("notes", id)
    const made = next(note)
    if (made !== note) desk.put("notes", { ...made, id })
  })
