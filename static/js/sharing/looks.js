/** Who looked, and what else happened around sharing, in words. */
import { itemsOf, useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { hereZone, wall } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { happened } from "./audit-words.js"
import { words as said } from "./words.js"

const SHOWN = 8

export function Looks() {
  const { value, fault } = useAnswer("/api/audit?limit=200")
  const lines = happened(itemsOf(value), (instant) => wall(instant, hereZone()).day)
  return html`
    <section class="looks">
      <h2>${said.looks.title}</h2>
      ${fault && html`<p class="soft small">${faultWords(fault, said.looks.no_answer)}</p>`}
      ${value && !lines.length && html`<p class="soft small">${said.looks.none}</p>`}
      <${Lines} lines=${lines.slice(0, SHOWN)} />
      ${lines.length > SHOWN && html`
        <details class="fold"><summary>${said.looks.before}</summary><${Lines} lines=${lines.slice(SHOWN)} /></details>`}
    </section>`
}

/** @param {{lines: {at: string, words: string}[]}} props */
const Lines = ({ lines }) => html`
  <ul class="rows">
    ${lines.map(({ at, words }) => html`
      <li key=${at + words}><span>${words}</span><span class="soft small">${instantWords(at)}</span></li>`)}
  </ul>`
