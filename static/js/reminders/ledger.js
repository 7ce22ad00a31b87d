/** What became of each reminder, in words. */
import { useAnswer } from "../base/answer.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords, timeWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { deliveryInWords } from "./rules.js"

const SHOWN = 14

export function Ledger() {
  const { value } = useAnswer(`/api/deliveries?limit=${SHOWN}`)
  const items = /** @type {any[]} */ (Array.isArray(value) ? value : (value?.items ?? [])).slice(0, SHOWN)
  return html`
    <h2>What was sent</h2>
    ${value && !items.length && html`<p class="soft small">Nothing yet.</p>`}
    <ul class="rows ledger">
      ${items.map((one) => html`<li key=${one.id}><span>${when(one.due_at)}</span><span class="soft small">${deliveryInWords(one)}</span></li>`)}
    </ul>`
}

/** @param {string} instant */
const when = (instant) => `${dayWords(wall(instant, hereZone()).day, { weekday: true })}, ${timeWords(instant)}`
