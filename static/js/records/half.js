/** What is half written in a form of its own page: found again, kept a moment after each key, under whoever began it. */
import { account } from "../accounts/account.js"
import { databaseOf, uuid7 } from "../base/database.js"
import { now } from "../base/time.js"
import { useEffect, useRef, useState } from "../base/ui.js"
import { draftOf, dropDraft, keepDraft, newDraft, soon } from "./drafts.js"

/** @typedef {import("./drafts.js").Draft} Draft */
/**
 * @typedef {object} Half
 * @property {Draft} draft as it was found, or empty; its `shown` is the record that the form is about
 * @property {boolean} isFound
 * @property {(fields: Record<string, any>) => void} write
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
  const latest = useRef(/** @type {Record<string, any> | null} */ (null))
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
        const fields = latest.current
        if (!fields) return
        const db = await databaseOf(who)
        // What is new and was emptied again is no draft; of a record, what was emptied is a change to it.
        await (draft.isNew && !Object.values(fields).some(Boolean) ? dropDraft(db, draft.id) : keepDraft(db, { ...draft, fields, touched_at: now() }))
      }))
      setFound({
        draft,
        isFound: Boolean(kept),
        write: (fields) => {
          latest.current = fields
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
 * @template {Record<string, any>} T @param {Half} half @param {T} before @returns {[T, (more: Partial<T>) => void]}
 */
export function useFields(half, before) {
  const [fields, setFields] = useState(before)
  const write = (/** @type {Partial<T>} */ more) => {
    const next = { ...fields, ...more }
    setFields(next)
    half.write(next)
  }
  return [fields, write]
}
