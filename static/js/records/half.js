/** What is half written in a form of its own page: found again, kept a moment after each key, under whoever began it. */
import { account } from "../accounts/account.js"
import { databaseOf, uuid7 } from "../base/database.js"
import { now } from "../base/time.js"
import { useEffect, useRef, useState } from "../base/ui.js"
import { draftOf, dropDraft, keepDraft, newDraft, soon } from "./drafts.js"
import { same } from "./rules.js"

/** @typedef {import("./drafts.js").Draft} Draft */
/**
 * @typedef {object} Half
 * @property {Draft} draft as it was found, or empty; its `shown` is the record that the form is about
 * @property {boolean} isFound
 * @property {(fields: Record<string, any>, isBlank?: boolean) => void} write `isBlank`: as the form stands before anything is written
 * @property {() => Promise<void>} atRest
 * @property {() => Promise<void>} drop
 */

/**
 * Null until it was looked for. @param {string} kind @param {string | null} id of the record that is changed; null for a new one
 * @param {import("./rules.js").Wire} [shown] the record as it stands, where there is one @param {boolean} [isRead] whether that is known
 * @returns {Half | null}
 */
export function useHalf(kind, id, shown, isRead = true) {
  const [found, setFound] = useState(/** @type {Half | null} */ (null))
  const who = account.value?.id ?? null
  const latest = useRef(/** @type {{fields: Record<string, any>, isBlank: boolean} | null} */ (null))
  useEffect(() => {
    if (!isRead) return
    let isHere = true
    /** @type {ReturnType<typeof soon> | undefined} */
    let writer
    const flush = () => void writer?.flush()
    const begin = async () => {
      const db = await databaseOf(who)
      const kept = id ? await draftOf(db, id) : await newDraft(db, kind)
      if (!isHere) return
      const draft = kept ?? { id: id ?? uuid7(), kind, isNew: !id, fields: {}, touched_at: now(), ...(shown ? { shown } : {}) }
      const mine = (writer = soon(async () => {
        if (!latest.current) return
        const { fields, isBlank } = latest.current
        const db = await databaseOf(who)
        // What is new and was emptied again is no draft; of a record, what was emptied is a change to it.
        const isNothing = isBlank || (draft.isNew && !Object.values(fields).some(Boolean))
        await (isNothing ? dropDraft(db, draft.id) : keepDraft(db, { ...draft, fields, touched_at: now() }))
      }))
      setFound({
        draft,
        isFound: Boolean(kept),
        write: (fields, isBlank = false) => {
          latest.current = { fields, isBlank }
          mine.touch()
        },
        atRest: async () => void (await mine.flush()),
        drop: async () => {
          mine.stop()
          await dropDraft(await databaseOf(who), draft.id)
        },
      })
    }
    begin()
    addEventListener("pagehide", flush)
    return () => {
      isHere = false
      removeEventListener("pagehide", flush)
      flush()
    }
  }, [kind, id, who, isRead])
  return found
}

/**
 * What stands in such a form, and what writes more to it and to its draft.
 * @template {Record<string, any>} T @param {Half} half @param {T} blank how it stands where nothing is half written
 * @returns {[T, (more: Partial<T>) => void]}
 */
export function useFields(half, blank) {
  const [fields, setFields] = useState({ ...blank, ...half.draft.fields })
  const write = (/** @type {Partial<T>} */ more) => {
    const next = { ...fields, ...more }
    setFields(next)
    half.write(next, same(next, blank))
  }
  return [fields, write]
}
