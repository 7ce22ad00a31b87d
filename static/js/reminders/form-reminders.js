/** Reminders of questionnaires: which are on, and turning one on. */
import { wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { isOffered, learnOffered, offered } from "../measures/known.js"
import { words as measures } from "../measures/words.js"
import { isOfForm } from "./forms.js"
import { words } from "./words.js"

const said = words.forms
const EVERY = [14, 28, 56]
const PROPOSED = { every_days: EVERY[0], local_time: "10:00" }

/** @param {string} id */
const nameOf = (id) => measures.named(measures.about[id] ?? id)

/**
 * @param {object} props
 * @param {any[]} props.reminders of every form
 * @param {boolean} props.busy
 * @param {(body: {instrument: string, every_days: number, local_time: string}) => void} props.onBegin
 * @param {(reminder: any) => void} props.onEnd
 */
export function FormReminders({ reminders, busy, onBegin, onEnd }) {
  // What this installation offers since somebody last looked can be asked for too.
  useEffect(() => void learnOffered().catch((fault) => console.info("Which questionnaires are offered was not learned.", fault)), [])
  const kept = reminders.filter(isOfForm)
  const left = offered().filter(({ id }) => !kept.some(({ instrument }) => instrument === id))
  return html`
    <section class="part">
      <h2>${said.title}</h2>
      <p class="soft small">${said.means}</p>
      <ul class="rows">
        ${kept.map((one) => html`
          <li key=${one.id}><span>${said.line(nameOf(one.instrument), one.every_days, one.local_time)} <span class="soft small">${isOffered(one.instrument) ? said.next(dayWords(wall(one.next_due_at, one.zone).day, { weekday: true })) : said.rests}</span></span>
            <button class="link small" type="button" disabled=${busy} onClick=${() => onEnd(one)}>${words.form.end}<span class="unseen">: ${nameOf(one.instrument)}</span></button></li>`)}
      </ul>
      ${left.length > 0 && html`<details class="fold part"><summary>${said.add}</summary><${Add} key=${kept.length} ...${{ left, busy, onBegin }} /></details>`}
    </section>`
}

/** @param {{left: import("../measures/instruments.js").Instrument[], busy: boolean, onBegin: (body: any) => void}} props */
function Add({ left, busy, onBegin }) {
  const [form, setForm] = useState({ ...PROPOSED, instrument: left[0].id })
  const set = (/** @type {any} */ part) => setForm({ ...form, ...part })
  const begin = (/** @type {Event} */ event) => {
    event.preventDefault()
    onBegin(form)
  }
  return html`
    <form autocomplete="off" onSubmit=${begin}>
      <label class="field"><span>${said.which}</span>
        <select value=${form.instrument} onChange=${(/** @type {any} */ e) => set({ instrument: e.target.value })}>
          ${left.map(({ id }) => html`<option key=${id} value=${id}>${nameOf(id)}</option>`)}
        </select></label>
      <label class="field narrow"><span>${said.how_often}</span>
        <select value=${form.every_days} onChange=${(/** @type {any} */ e) => set({ every_days: Number(e.target.value) })}>
          ${EVERY.map((days) => html`<option key=${days} value=${days}>${said.every(days)}</option>`)}
        </select></label>
      <label class="field narrow"><span>${said.at}</span>
        <input autocomplete="off" type="time" required value=${form.local_time} onInput=${(/** @type {any} */ e) => set({ local_time: e.target.value.slice(0, 5) })} /></label>
      <div class="actions"><button class="plain" disabled=${busy}>${said.begin}</button></div>
    </form>`
}
