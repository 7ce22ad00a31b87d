/** Eleven numerals on a hairline, as in index.html, for pages that are drawn. */
import { html } from "../../base/ui.js"

/**
 * @param {{name: string, question: string, ends: [string, string], value: number | null, onChange: (value: number | null) => void}} props
 */
export function Scale({ name, question, ends, value, onChange }) {
  return html`
    <fieldset class="scale">
      <legend>${question}</legend>
      <div class="numerals">
        ${Array.from({ length: 11 }, (_, number) => html`
          <label key=${number}><input type="radio" name=${name} value=${number} checked=${value === number}
            data-chosen=${String(value === number)}
            aria-label=${`${number}${number === 0 ? `, ${ends[0]}` : number === 10 ? `, ${ends[1]}` : ""}`}
            onChange=${(/** @type {any} */ e) => onChange(e.target.checked ? number : null)} /><span>${number}</span></label>`)}
      </div>
      <p class="ends smallest" aria-hidden="true"><span>${ends[0]}</span><span>${ends[1]}</span></p>
    </fieldset>`
}
