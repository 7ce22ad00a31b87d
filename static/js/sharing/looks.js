/** Who looked, and what else happened around sharing, in words. */
import { useAnswer } from "../base/answer.js"
import { instantWords } from "../base/time.js"
import { html } from "../base/ui.js"
import { eventInWords, isAboutSharing } from "./audit-words.js"
import { itemsOf, shareFault } from "./fault.js"

export function Looks() {
  const { value, fault } = useAnswer("/api/audit")
  const events = itemsOf(value).filter(isAboutSharing)
  return html`
    <section class="looks">
      <h2>Who looked</h2>
      ${fault && html`<p class="soft small">${shareFault(fault, "This could not be looked up")}</p>`}
      ${value && !events.length && html`<p class="soft small">Nobody has looked at anything.</p>`}
      <ul class="rows">
        ${events.map((event, i) => html`
          <li key=${i}><span>${eventInWords(event)}</span><span class="soft small">${instantWords(event.at)}</span></li>`)}
      </ul>
    </section>`
}
