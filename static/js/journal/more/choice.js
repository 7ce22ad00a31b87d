/** One of a few words, or none: a second tap takes it back. */
import { html } from "../../base/ui.js"

/**
 * @param {{name: string, question: string, options: Record<string, string>, value: string | undefined, className?: string,
 * onChange: (value: string | undefined) => void}} props
 */
export function Choice({ name, question, options, value, className = "", onChange }) {
  return html`
    <fieldset class=${`field choices ${className}`}>
      <legend>${question}</legend>
      <div class="beside">${Object.entries(options).map(([key, said]) => html`
        <label key=${key}><input type="radio" name=${name} value=${key} checked=${value === key} data-chosen=${String(value === key)}
          onChange=${(/** @type {any} */ e) => onChange(e.target.checked ? key : undefined)} /><span>${said}</span></label>`)}</div>
    </fieldset>`
}
