/** What became of each reminder, in words. */
import { itemsOf, useAnswer } from "../base/answer.js"
import { hereZone, now, wall } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { dayWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { deliveryInWords } from "./reminder-words.js"
import { isSilent } from "./rules.js"
import { words } from "./words.js"

const SHOWN = 14
const ASKED = 60 // a reminder a day for two weeks, and some tests

export function Ledger() {
  const { value } = useAnswer(`/api/deliveries?limit=${ASKED}`)
  const all = itemsOf(value)
  const items = all.slice(0, SHOWN)
  return html`
    <h2>${words.ledger.title}</h2>
    ${isSilent(all, now()) && html`<p class="notice">${words.ledger.silent} <a href="#/less">${words.less.link}</a></p>`}
    ${value && !items.length && html`<p class="soft small">${words.ledger.none}</p>`}
    <ul class="rows ledger">
      ${items.map((one) => html`<li key=${one.id}><span>${when(one.due_at)}</span><span class="soft small">${deliveryInWords(one)}</span></li>`)}
    </ul>`
}

/** @param {string} instant */
const when = (instant) => `${dayWords(wall(instant, hereZone()).day, { weekday: true })}, ${timeWords(instant)}`
