/** The questions beside the three scales. None has to be answered. */
import { html, render, useState } from "../../base/ui.js"
import { extras } from "../form.js"
import { asked } from "../more-fold.js"
import { Away, Tone } from "./away.js"
import { Choice } from "./choice.js"
import { Own } from "./own.js"
import { Scale } from "./scale.js"
import { words } from "./words.js"

/** @typedef {import("../rules.js").Extras} Extras */
/** @typedef {{now: Extras, onChange: (next: Extras) => void}} Props */

const PAGES = /** @type {Record<string, (props: Props) => any>} */ ({ away: Away, sleep: Sleep, body: Body, own: Own, asked: Asked })

/** @param {string} fold @param {HTMLElement} into @param {(next: Extras) => void} onChange */
export const showMore = (fold, into, onChange) => render(html`<${Live} fold=${fold} onChange=${onChange} />`, into)

/** @param {{fold: string, onChange: (next: Extras) => void}} props */
const Live = ({ fold, onChange }) => html`<${PAGES[fold]} now=${extras.value} onChange=${onChange} />`

/** @param {Props} props */
function Sleep({ now, onChange }) {
  const [isWrong, setWrong] = useState(false)
  const hours = (/** @type {any} */ event) => {
    const text = event.target.value.trim()
    const value = Number(text.replace(",", "."))
    const isRight = text !== "" && value >= 0 && value <= 24
    setWrong(text !== "" && !isRight)
    onChange({ ...now, sleep_hours: isRight ? value : undefined })
  }
  return html`
    <div class="field short">
      <label for="sleep-hours">${words.sleep_hours}</label>
      <input id="sleep-hours" inputmode="decimal" autocomplete="off" value=${now.sleep_hours ?? ""} onChange=${hours}
        aria-invalid=${isWrong ? "true" : undefined} aria-describedby=${isWrong ? "sleep-fault" : undefined} />
      ${isWrong && html`<p id="sleep-fault" class="fault" role="alert">${words.hours_fault}</p>`}
    </div>
    <${Scale} name="rested" question=${words.rested} ends=${words.rested_ends} value=${now.rested ?? null}
      onChange=${(/** @type {number | null} */ value) => onChange({ ...now, rested: value ?? undefined })} />`
}

/** @param {Props} props */
function Body({ now, onChange }) {
  const effect = (/** @type {string} */ key) => (/** @type {any} */ event) =>
    onChange({ ...now, side_effects: { ...now.side_effects, [key]: event.target.value } })
  return html`
    <${Choice} name="memory_gaps" question=${words.memory_gaps} options=${words.gaps} value=${now.memory_gaps}
      onChange=${(/** @type {string | undefined} */ memory_gaps) => onChange({ ...now, memory_gaps })} />
    <h2 class="part">${words.side_effects}</h2>
    <ul class="rows">
      ${Object.entries(words.side_effect).map(([key, said]) => html`
        <li key=${key}><label for=${`effect-${key}`}>${said}</label>
          <select id=${`effect-${key}`} class="inline" value=${now.side_effects?.[key] ?? ""} onChange=${effect(key)}>
            <option value="">${words.not_said}</option>
            ${Object.entries(words.strength).map(([strength, said]) => html`<option value=${strength}>${said}</option>`)}
          </select></li>`)}
    </ul>`
}

/** What only one point after a session asks. @param {Props} props */
function Asked({ now, onChange }) {
  return html`
    ${(asked.value === "keep" || now.keep !== undefined) && html`
      <div class="field"><label class="question" for="keep">${words.keep}</label>
        <textarea autocomplete="off" id="keep" rows="2" maxlength="20000" value=${now.keep ?? ""} onInput=${(/** @type {any} */ e) => onChange({ ...now, keep: e.target.value })} /></div>`}
    ${asked.value === "tone" && html`<${Tone} now=${now} onChange=${onChange} />`}
    ${(asked.value === "compared" || now.compared !== undefined) && html`
      <${Choice} name="compared" question=${words.compared_question} options=${words.compared} value=${now.compared}
        onChange=${(/** @type {string | undefined} */ compared) => onChange({ ...now, compared })} />`}`
}
