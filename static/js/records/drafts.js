/** What is half written: kept a moment after each key and found again at the next start. */
import { change, opened } from "../vault/desk.js"

const SOON_MS = 150
/** The page of a form that is one of its kind. @type {Record<string, string>} */
const PLACES = { course: "/course", help_request: "/help", safety_plan: "/safety-plan/write", question: "/meetings", meeting: "/meetings", medication: "/medicines", watch: "/watch" }

/**
 * @typedef {object} Draft
 * @property {string} id of the record it will become
 * @property {string} kind
 * @property {boolean} isNew false while a kept record is edited
 * @property {Record<string, any>} fields as they stand in the form
 * @property {string} touched_at
 * @property {string} [begun] a wall time: when it was begun, where its person has not said when it was felt
 * @property {import("./rules.js").Wire} [shown] the kept record as it stood when the edit began
 */

/** The writing of each draft that is not done yet: whoever takes a draft away comes after it. @type {Map<string, Promise<void>>} */
const underway = new Map()

/**
 * Nothing of what is a record by now: found again as new, what is written next would go over it.
 * @param {any} db @param {Draft} draft
 */
export const keepDraft = (db, draft) => inTurn(draft.id, () => change(db, async (desk) => {
  if (!draft.isNew || !(await desk.isThere("records", draft.id))) desk.put("drafts", draft)
}))

/** @param {any} db @param {string} id */
export const dropDraft = (db, id) => inTurn(id, () => change(db, (desk) => desk.delete("drafts", id)))

/** Done when nothing of this draft is being written any more. @param {string} id */
export const draftAtRest = (id) => underway.get(id)?.catch(() => undefined)

/** The draft of a record, with what is just being written of it. @param {any} db @param {string} id @returns {Promise<Draft | undefined>} */
export async function draftOf(db, id) {
  await draftAtRest(id)
  return (await opened(db, "drafts", [await db.get("drafts", id)]))[0]
}

/** Whether anything is half written. @param {any} db @returns {Promise<boolean>} */
export async function hasDraft(db) {
  await Promise.allSettled(underway.values())
  const boxed = await db.getAllKeys("boxed", IDBKeyRange.bound(["drafts"], ["drafts", "\uffff"]))
  return (await db.count("drafts")) + boxed.length > 0
}

/** The page on which the draft that was touched last goes on; Today where none can be read. @param {any} db */
export async function pathOfDraft(db) {
  const [last] = newestFirst(await opened(db, "drafts", await db.getAll("drafts")))
  if (last?.kind === "treatment_session") return last.isNew ? "/add-session" : `/session/${last.id}`
  if (last?.kind === "response") return `/questionnaires/${last.fields.instrument}`
  if (last && last.kind in PLACES) return PLACES[last.kind]
  return last && !last.isNew ? `/entry/${last.id}` : "/"
}

/** The last touched draft of something new. @param {any} db @param {string} kind @returns {Promise<Draft | undefined>} */
export const newDraft = async (db, kind) => (await newDrafts(db, kind))[0]

/** The drafts of new records of a kind, the last touched first. @param {any} db @param {string} kind @returns {Promise<any[]>} */
export async function newDrafts(db, kind) {
  await Promise.allSettled(underway.values())
  /** @type {Draft[]} */
  const drafts = await opened(db, "drafts", await db.getAll("drafts"))
  return newestFirst(drafts.filter((draft) => draft.kind === kind && draft.isNew))
}

/** @param {Draft[]} drafts */
const newestFirst = (drafts) => drafts.toSorted((a, b) => (a.touched_at < b.touched_at ? 1 : -1))

/** @param {string} id @param {() => Promise<void>} write */
function inTurn(id, write) {
  const mine = Promise.resolve(draftAtRest(id)).then(write)
  underway.set(id, mine)
  return mine.finally(() => underway.get(id) === mine && underway.delete(id))
}

/**
 * Calls `save` soon after each `touch`, at once on `flush`, and never after `stop`. A long run of keys is saved all along.
 * @param {() => Promise<void>} save
 */
export function soon(save) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  /** @type {Promise<void>} */
  let running = Promise.resolve()
  const run = () => {
    timer = undefined
    // What is on the screen stays there, and Save says why it can't be kept.
    return (running = save().catch((fault) => console.info("The draft was not kept.", fault)))
  }
  return {
    touch: () => void (timer ??= setTimeout(run, SOON_MS)),
    flush: () => {
      if (timer === undefined) return running
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
