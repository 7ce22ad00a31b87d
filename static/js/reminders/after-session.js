/** Reminders of what a session asks for in the hours and days after it: which of them come. */
import { timeWords } from "../base/language.js"
import { wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { pointsOf, PUSHED } from "./rules.js"
import { words } from "./words.js"

const said = words.after

/**
 * @param {object} props
 * @param {any[]} props.reminders of every form
 * @param {boolean} props.busy
 * @param {(points: string[], kept: any) => void} props.onSave
 * @param {(reminder: any) => void} props.onEnd
 */
export function AfterSession({ reminders, busy, onSave, onEnd }) {
  const kept = pointsOf(reminders)
  const [points, setPoints] = useState(kept?.points ?? PUSHED)
  const [trouble, setTrouble] = useState("")
  const turn = (/** @type {string} */ point) => setPoints(PUSHED.filter((one) => points.includes(one) !== (one === point)))
  const save = (/** @type {Event} */ event) => {
    event.preventDefault()
    setTrouble(points.length ? "" : said.choose)
    if (points.length) onSave(points, kept)
  }
  return html`
    <section class="part">
      <h2>${said.title}</h2>
      <p class="soft small">${said.means}</p>
      ${kept?.next_due_at && html`<p class="small">${said.next(dayWords(wall(kept.next_due_at, kept.zone).day, { weekday: true }), timeWords(kept.next_due_at, kept.zone))}</p>`}
      <form autocomplete="off" onSubmit=${save}>
        <fieldset class="field"><legend class="unseen">${said.title}</legend>
          <div class="choices">${PUSHED.map((point) => html`
            <label key=${point}><input type="checkbox" checked=${points.includes(point)} onChange=${() => turn(point)} /><span>${said.point[point]}</span></label>`)}
          </div></fieldset>
        <p class="soft small">${said.steady}</p>
        ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
        <div class="actions">
          <button class="plain" disabled=${busy}>${kept ? said.save : said.begin}</button>
          ${kept && html`<button class="link" type="button" disabled=${busy} onClick=${() => onEnd(kept)}>${said.end}</button>`}
        </div>
      </form>
    </section>`
}
