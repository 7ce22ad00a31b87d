/** The folded questions of a check-in: how being detached felt, sleep, side effects. None has to be answered. */
import { html, render } from "../base/ui.js"
import { extras } from "./more-fold.js"
import { Scale } from "./scale.js"
import { words } from "./words.js"

/** @param {HTMLElement} into @param {(next: import("./rules.js").Extras) => void} onChange */
export const showMore = (into, onChange) => render(html`<${More} onChange=${onChange} />`, into)

/** @param {{onChange: (next: import("./rules.js").Extras) => void}} props */
function More({ onChange }) {
  const now = extras.value
  const hours = (/** @type {string} */ text) => {
    const value = Number(text.replace(",", "."))
    return text !== "" && value >= 0 && value <= 24 ? value : undefined
  }
  return html`
    <fieldset class="field choices tone">
      <legend>Being detached: how is that for you?</legend>
      ${Object.entries(words.tone).map(([tone, said]) => html`
        <label><input type="radio" name="dissociation_tone" value=${tone} checked=${now.dissociation_tone === tone}
          data-chosen=${String(now.dissociation_tone === tone)}
          onChange=${(/** @type {any} */ e) => onChange({ ...now, dissociation_tone: e.target.checked ? tone : undefined })} />
          <span>${said}</span></label>`)}
    </fieldset>
    <div class="field short">
      <label for="sleep">Hours slept</label>
      <input id="sleep" inputmode="decimal" value=${now.sleep_hours ?? ""} onChange=${(/** @type {any} */ e) =>
        onChange({ ...now, sleep_hours: hours(e.target.value) })} />
    </div>
    <${Scale} name="rested" question="How rested are you?" ends=${["not at all", "fully"]} value=${now.rested ?? null}
      onChange=${(/** @type {number | null} */ value) => onChange({ ...now, rested: value ?? undefined })} />
    <h2 class="part">Side effects</h2>
    <ul class="rows">
      ${Object.entries(words.side_effect).map(([key, effect]) => html`
        <li key=${key}><label for=${`effect-${key}`}>${effect}</label>
          <select id=${`effect-${key}`} class="inline" value=${now.side_effects?.[key] ?? ""} onChange=${(/** @type {any} */ e) =>
            onChange({ ...now, side_effects: { ...now.side_effects, [key]: e.target.value } })}>
            <option value="">not said</option>
            ${Object.entries(words.strength).map(([strength, said]) => html`<option value=${strength}>${said}</option>`)}
          </select></li>`)}
    </ul>`
}
