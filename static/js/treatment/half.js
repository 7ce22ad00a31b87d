/** What is half written in the form of a session: found again, kept a moment after each answer. */
import { journal } from "../accounts/account.js"
import { uuid7 } from "../base/database.js"
import { now } from "../base/time.js"
import { useEffect, useRef, useState } from "../base/ui.js"
import { draftOf, dropDraft, keepDraft, newDraft, soon } from "../records/drafts.js"

const KIND = "treatment_session"

/** The id of what is half changed of a session; the person's own words about it are half written under its own. @param {string} id */
export const halfChangeOf = (id) => `${id}/change`

/** @param {import("../records/store.js").Row} [row] the session that is changed, none for a new one */
export function useHalf(row) {
  const [draft, setDraft] = useState(/** @type {import("../records/drafts.js").Draft | null} */ (null))
  const writer = useRef(/** @type {ReturnType<typeof soon> | null} */ (null))
  const latest = useRef(/** @type {Record<string, any>} */ ({}))
  useEffect(() => {
    const flush = () => void writer.current?.flush()
    addEventListener("pagehide", flush)
    journal().then((db) => (row ? draftOf(db, halfChangeOf(row.id)) : newDraft(db, KIND))).then((found) => {
      const begun = row ? { id: halfChangeOf(row.id), isNew: false, shown: row.record } : { id: uuid7(), isNew: true }
      const half = found ?? { ...begun, kind: KIND, fields: {}, touched_at: now() }
      writer.current = soon(async () => {
        const fields = latest.current
        const db = await journal()
        await (Object.values(fields).some(Boolean) ? keepDraft(db, { ...half, fields, touched_at: now() }) : dropDraft(db, half.id))
      })
      setDraft(half)
    })
    return () => {
      removeEventListener("pagehide", flush)
      flush()
    }
  }, [])
  const onHalf = (/** @type {Record<string, any>} */ fields) => {
    latest.current = fields
    writer.current?.touch()
  }
  const onLeave = async () => {
    writer.current?.stop()
    if (draft) await dropDraft(await journal(), draft.id)
  }
  return { draft, onHalf, onLeave, atRest: () => writer.current?.flush() }
}
