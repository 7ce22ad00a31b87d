/** The safety plan, to be read: without a network, and as far as it was chosen without unlocking; printed on one page. */
import { account, journal, locked } from "../accounts/account.js"
import { lastShares } from "../accounts/open-shares.js"
import { readersOf } from "../accounts/rules.js"
import { heard } from "../base/database.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { draftOf } from "../records/drafts.js"
import { planHere, planId, planNow } from "./plan-kept.js"
import { linesOf, PARTS, piecesOf } from "./plan-rules.js"
import { telOf } from "./rules.js"
import { words } from "./plan-words.js"

/** @typedef {import("./plan-rules.js").Lines} Lines */
/** @typedef {{lines: Lines, isHalf: boolean, isShared: boolean, writtenAt: string}} Plan */

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
      ${parts.map((part) => html`
        <section class="part" key=${part}><h2>${words.part[part]}</h2>
          <ul>${plan.lines[part]?.map((line) => html`<li key=${line}>${piecesOf(line).map(Piece)}</li>`)}</ul></section>`)}
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

/** @param {{text: string, isNumber: boolean}} piece */
const Piece = ({ text, isNumber }) => (isNumber ? html`<a href=${telOf(text)} aria-label=${words.call(text)}>${text}</a>` : text)

/** The plan as it can be read now, and again when it changes; null until it was read. */
function usePlan() {
  const [plan, setPlan] = useState(/** @type {Plan | null} */ (null))
  const [who, isLocked] = [account.value?.id, locked.value]
  useEffect(() => {
    let isHere = true
    const read = async () => {
      const db = await journal()
      const [told, row, half, shares] = await Promise.all([planNow(), planHere(), draftOf(db, planId()), lastShares()])
      const isShared = readersOf(shares ?? [], "safety_plan").length > 0
      if (isHere) setPlan({ lines: linesOf(told), isHalf: Boolean(half), isShared, writtenAt: row?.record.edited_at ?? "" })
    }
    read()
    const stop = heard((what) => ["records", "shares"].includes(what) && read())
    return () => {
      isHere = false
      stop()
    }
  }, [who, isLocked])
  return plan
}
