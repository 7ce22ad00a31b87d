/** What is half written: kept a moment after each key and found again at the next start. */
import { STRICT } from "../base/database.js"

const SOON_MS = 150
/** Small choices lie beside the drafts (choices.js); nobody is asked about them. */
export const CHOICE = "choice"
const CHOICES = IDBKeyRange.bound(`${CHOICE} `, `${CHOICE} \uffff`)

/**
 * @typedef {object} Draft
 * @property {string} id of the record it will become
 * @property {string} kind
 * @property {boolean} isNew false while a kept record is edited
 * @property {Record<string, any>} fields as they stand in the form
 * @property {string} touched_at
 * @property {import("./rules.js").Wire} [shown] the kept record as it stood when the edit began
 */

/** @param {any} db @param {Draft} draft */
export async function keepDraft(db, draft) {
  const tx = db.transaction("drafts", "readwrite", STRICT)
  tx.store.put(draft)
  await tx.done
}

/** @param {any} db @param {string} id */
export async function dropDraft(db, id) {
  const tx = db.transaction("drafts", "readwrite", STRICT)
  tx.store.delete(id)
  await tx.done
}

/** The draft of a record. @param {any} db @param {string} id @returns {Promise<Draft | undefined>} */
export const draftOf = (db, id) => db.get("drafts", id)

/** Whether anything is half written. @param {any} db @returns {Promise<boolean>} */
export const hasDraft = async (db) => (await db.count("drafts")) > (await db.count("drafts", CHOICES))

/** The last touched draft of something new. @param {any} db @param {string} kind @returns {Promise<Draft | undefined>} */
export async function newDraft(db, kind) {
  /** @type {Draft[]} */
  const drafts = await db.getAll("drafts")
  return drafts
    .filter((draft) => draft.kind === kind && draft.isNew)
    .toSorted((a, b) => (a.touched_at < b.touched_at ? 1 : -1))[0]
}

/**
 * Calls `save` soon after each `touch`, at once on `flush`, and never after `stop`. A long run of keys is saved all along.
 * @param {() => Promise<void>} save
 */
export function soon(save) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  const run = () => {
    timer = undefined
    return save()
  }
  return {
    touch: () => void (timer ??= setTimeout(run, SOON_MS)),
    flush: () => {
      if (timer === undefined) return Promise.resolve()
      clearTimeout(timer)
      return run()
    },
    stop: () => {
      clearTimeout(timer)
      timer = undefined
      return Promise.resolve()
    },
  }
}
