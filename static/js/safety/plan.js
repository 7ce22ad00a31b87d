/** The safety plan, to be read: without a network, and as far as it was chosen without unlocking; printed on one page. */
import { account, locked } from "../accounts/account.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { PlanParts, usePlan } from "./plan-parts.js"
import { PARTS } from "./plan-rules.js"
import { words } from "./plan-words.js"

export default function PlanPage() {
  const plan = usePlan()
  if (!plan) return html`<h1>${words.title}</h1>`
  const parts = PARTS.filter((part) => plan.lines[part])
  return html`
    <div class="plan">
      <h1>${words.title}</h1>
      ${locked.value
        ? html`<p class="lead">${parts.length ? words.locked : words.locked_none} <a href="#/unlock">${words.unlock}</a></p>`
        : html`<p class="lead no-print">${parts.length ? words.lead : words.none}</p>`}
      ${!locked.value && html`
        <div class="actions no-print">${plan.isHalf || !parts.length
          ? html`<a class="button" href="#/safety-plan/write">${plan.isHalf ? words.go_on : words.write}</a>`
          : html`<a class="plain" href="#/safety-plan/write">${words.change}</a>`}</div>`}
      <${PlanParts} lines=${plan.lines} />
      ${plan.writtenAt && html`<p class="print-only small">${words.printed(dayWords(wall(plan.writtenAt, hereZone()).day, { year: true }))}</p>`}
      <ul class="rows part no-print">
        <li><a href="#/help">${words.help}</a></li>
        <li><a href="#/grounding">${words.here}</a></li>
        ${parts.length > 0 && html`<li><button class="link" type="button" onClick=${() => print()}>${words.print}</button></li>`}
      </ul>
      ${!locked.value && account.value && parts.length > 0 && html`
        <p class="soft small part no-print">${plan.isShared ? words.shared : words.share} <a href="#/share">${words.to_share}</a></p>`}
    </div>`
}
