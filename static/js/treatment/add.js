/** Adding a session: "It starts now" is one tap; another day, past or planned, is a short form. */
import { journal } from "../accounts/account.js"
import { uuid7 } from "../base/database.js"
import { go } from "../base/router.js"
import { hereZone, now } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { instantWords } from "../base/time-words.js"
import { html, useEffect, useRef, useState } from "../base/ui.js"
import { dropDraft, keepDraft, newDraft, soon } from "../records/drafts.js"
import { useRows } from "../records/rows.js"
import { keepBegun, keepSession, SESSION } from "./acts.js"
import { Form } from "./form.js"
import { planned, plannedNow } from "./rules.js"
import { words } from "./words.js"

export default function Add() {
  const rows = useRows("treatment_session")
  const { draft, onHalf, onLeave, atRest } = useHalf()
  if (!rows || !draft) return html`<h1>${words.a_session}</h1>`
  const toCome = planned(rows)
  return html`
    <h1>${words.a_session}</h1>
    <p class="lead">${words.marked}</p>
    <section class="part"><button class="button" type="button" onClick=${() => start(rows)}>${words.starts_now}</button>
      <p class="soft small">${words.one_tap}</p></section>
    ${toCome.length > 0 && html`
      <section class="part"><h2>${words.to_come}</h2>
        <ul class="rows">${toCome.map(({ id, record }) => html`
          <li key=${id}><a href=${`#/session/${id}`}>${instantWords(record.values.starts_at, record.values.zone)}</a></li>`)}</ul></section>`}
    <h2 class="part">${words.another_time}</h2>
    <${Form} values=${{}} half=${draft.fields} onHalf=${onHalf} leave="#/trends" onLeave=${onLeave}
      onKeep=${async (/** @type {Record<string, any>} */ values) => {
        await atRest()
        go(`/session/${await keepSession(null, values, words.done.saved, draft.id)}`)
      }} />`
}

/** The form as far as it is written: found again, kept a moment after each answer. */
function useHalf() {
  const [draft, setDraft] = useState(/** @type {import("../records/drafts.js").Draft | null} */ (null))
  const writer = useRef(/** @type {ReturnType<typeof soon> | null} */ (null))
  const latest = useRef(/** @type {Record<string, any>} */ ({}))
  useEffect(() => {
    const flush = () => void writer.current?.flush()
    addEventListener("pagehide", flush)
    journal().then((db) => newDraft(db, SESSION)).then((found) => {
      const half = found ?? { id: uuid7(), kind: SESSION, isNew: true, fields: {}, touched_at: now() }
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

/** A second tap, before the first has been kept, is no second session. */
let isStarting = false

/** It is the planned one where one is near, with everything noted for it. @param {import("../records/store.js").Row[]} rows */
export async function start(rows) {
  if (isStarting) return
  isStarting = true
  const at = now()
  const row = /** @type {import("../records/store.js").Row | undefined} */ (plannedNow(rows, at)) ?? null
  const [began, said] = [{ starts_at: at, zone: hereZone() }, words.done.started(timeWords(at))]
  const kept = row ? keepBegun(row, { ...row.record.values, ...began }, said) : keepSession(null, { ...began, status: "happened" }, said)
  await kept.finally(() => (isStarting = false))
  go("/tonight")
}
