/** A questionnaire that is half filled in: found again at the next start, kept a moment after each answer, put away once it is stale. */
import { account, journal } from "../accounts/account.js"
import { uuid7 } from "../base/database.js"
import { now } from "../base/time.js"
import { useEffect, useRef, useState } from "../base/ui.js"
import { dropDraft, keepDraft, newDrafts, soon } from "../records/drafts.js"
import { isStale } from "./rules.js"

export const RESPONSE = "response"

/** @typedef {import("../records/drafts.js").Draft & {fields: import("./rules.js").Fields}} Half */
/** @typedef {import("./instruments.js").Instrument} Instrument */

/** What is half filled in and still fresh, the newest first; what is stale stays until its own page says that it is put away. @param {any} db @returns {Promise<Half[]>} */
export const freshHalves = async (db) => (await halves(db)).filter(({ fields }) => !isStale(fields, now()))

/** @param {any} db @returns {Promise<Half[]>} */
const halves = (db) => newDrafts(db, RESPONSE)

/** @param {Half} half */
export const drop = async (half) => dropDraft(await journal(), half.id)

/**
 * What is half filled in of one questionnaire, and what writes to it; null until it was looked for.
 * @param {Instrument} instrument
 */
export function useHalf({ id: instrument }) {
  const [half, setHalf] = useState(/** @type {Half | null} */ (null))
  const [staleSince, setStale] = useState("")
  const latest = useRef(/** @type {Half | null} */ (null))
  /** Whoever is here when it is opened: what they answer is never written into somebody else's. */
  const writer = useRef(/** @type {ReturnType<typeof soon> | null} */ (null))
  const who = account.value?.id
  const show = (/** @type {Half} */ next) => setHalf((latest.current = next))
  useEffect(() => {
    let isHere = true
    const flush = () => void writer.current?.flush()
    const hide = () => document.visibilityState === "hidden" && flush()
    addEventListener("pagehide", flush)
    document.addEventListener("visibilitychange", hide)
    journal().then(async (db) => {
      const found = (await halves(db)).find(({ fields }) => fields.instrument === instrument)
      const stale = found && isStale(found.fields, now()) ? found : undefined
      if (stale) await dropDraft(db, stale.id)
      if (!isHere) return
      writer.current = soon(async () => {
        const { answers, index_event } = /** @type {Half} */ (latest.current).fields
        if (Object.keys(answers).length || index_event) await keepDraft(db, { .../** @type {Half} */ (latest.current), touched_at: now() })
      })
      setStale(stale?.fields.begun_at ?? "")
      show(stale || !found ? blank(instrument) : found)
    })
    return () => {
      isHere = false
      flush()
      removeEventListener("pagehide", flush)
      document.removeEventListener("visibilitychange", hide)
    }
  }, [instrument, who])
  if (!half) return null
  return {
    id: half.id,
    fields: half.fields,
    staleSince,
    isBegun: Object.keys(half.fields.answers).length > 0,
    /** @param {Partial<import("./rules.js").Fields>} fields */
    write: (fields) => {
      const before = /** @type {Half} */ (latest.current)
      const isFirst = !Object.keys(before.fields.answers).length
      show({ ...before, fields: { ...before.fields, ...fields, ...(isFirst ? { begun_at: now() } : {}) } })
      writer.current?.touch()
    },
    /** Done once it is on disk. */
    atRest: async () => writer.current?.flush(),
    /** Nothing of it is written while it becomes a record; should it not become one, it is half filled in again. */
    stop: async () => writer.current?.stop(),
    goOn: () => writer.current?.touch(),
    /** It is a record now: whoever comes back begins anew. */
    end: async () => {
      await writer.current?.stop()
      show(blank(instrument))
    },
    throwAway: async () => {
      await writer.current?.stop()
      await drop(half)
      show(blank(instrument))
    },
  }
}

/** @param {string} instrument @returns {Half} */
const blank = (instrument) => ({ id: uuid7(), kind: RESPONSE, isNew: true, fields: { instrument, answers: {}, begun_at: now() }, touched_at: now() })
