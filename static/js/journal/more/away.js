/** How being detached was, and what is to be said of a time away. */
import { html } from "../../base/ui.js"
import { Choice } from "./choice.js"
import { words } from "./words.js"

/** @param {import("./more.js").Props} props */
export const Tone = ({ now, onChange }) => html`
  <${Choice} name="dissociation_tone" className="tone" question=${words.tone_question} options=${words.tone} value=${now.dissociation_tone}
    onChange=${(/** @type {string | undefined} */ dissociation_tone) => onChange({ ...now, dissociation_tone })} />`

/** @param {import("./more.js").Props} props */
export function Away({ now, onChange }) {
  const kinds = now.dissociation_kinds ?? []
  const kind = (/** @type {string} */ key) => (/** @type {any} */ event) =>
    onChange({ ...now, dissociation_kinds: Object.keys(words.kinds).filter((one) => (one === key ? event.target.checked : kinds.includes(one))) })
  const told = (/** @type {"away_from" | "away_to" | "before_it" | "what_helped"} */ key) => (/** @type {any} */ event) =>
    onChange({ ...now, [key]: event.target.value || undefined })
  const danger = now.in_danger === undefined ? undefined : now.in_danger ? "yes" : "no"
  return html`
    <${Tone} now=${now} onChange=${onChange} />
    <fieldset class="field choices">
      <legend>${words.kinds_question}</legend>
      <div class="beside">${Object.entries(words.kinds).map(([key, said]) => html`
        <label key=${key}><input type="checkbox" checked=${kinds.includes(key)} onChange=${kind(key)} /><span>${said}</span></label>`)}</div>
    </fieldset>
    <fieldset class="field times">
      <legend>${words.about_when}</legend>
      <div class="beside">${/** @type {const} */ (["away_from", "away_to"]).map((key) => html`
        <label key=${key}><span>${words[key]}</span><input autocomplete="off" type="time" value=${now[key] ?? ""} onChange=${told(key)} /></label>`)}</div>
    </fieldset>
    ${/** @type {const} */ (["before_it", "what_helped"]).map((key) => html`
      <div class="field" key=${key}><label for=${key}>${words[key]}</label>
        <textarea autocomplete="off" id=${key} rows="2" maxlength="2000" value=${now[key] ?? ""} onInput=${told(key)} /></div>`)}
    <${Choice} name="in_danger" question=${words.in_danger} options=${{ yes: words.yes, no: words.no }} value=${danger}
      onChange=${(/** @type {string | undefined} */ said) => onChange({ ...now, in_danger: said ? said === "yes" : undefined })} />`
}
