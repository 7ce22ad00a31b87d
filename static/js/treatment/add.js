/** Adding a session: "It starts now" is one tap; another day, past or planned, is a short form. */
import { go } from "../base/router.js"
import { hereZone, now } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { instantWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { useHalf } from "../records/half.js"
import { useRows } from "../records/rows.js"
import { keepBegun, keepSession, SESSION } from "./acts.js"
import { Form } from "./form.js"
import { planned, plannedNow } from "./rules.js"
import { words } from "./words.js"

export default function Add() {
  const rows = useRows("treatment_session")
  const half = useHalf(SESSION, null)
  if (!rows || !half) return html`<h1>${words.a_session}</h1>`
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
    <${Form} values=${{}} half=${half.draft.fields} onHalf=${half.write} leave="#/trends" onLeave=${half.drop}
      onKeep=${async (/** @type {Record<string, any>} */ values) => {
        await half.atRest()
        go(`/session/${await keepSession(null, values, words.done.saved, half.draft.id)}`)
      }} />`
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
