/** What a safety plan holds, as it can be read now: on its own page and, one tap from every screen, below the numbers of help. */
import { account, journal, locked } from "../accounts/account.js"
import { lastShares } from "../accounts/open-shares.js"
import { readersOf } from "../accounts/rules.js"
import { heard } from "../base/database.js"
import { html, useEffect, useState } from "../base/ui.js"
import { draftOf } from "../records/drafts.js"
import { planHere, planId, planNow } from "./plan-kept.js"
import { linesOf, PARTS, piecesOf } from "./plan-rules.js"
import { words } from "./plan-words.js"
import { telOf } from "./rules.js"

/** @typedef {import("./plan-rules.js").Lines} Lines */
/** @typedef {{lines: Lines, isHalf: boolean, isShared: boolean, writtenAt: string}} Plan */

/** Each part that has lines, under its heading, in the order of the plan. @param {{lines: Lines, level?: "h2" | "h3"}} props */
export const PlanParts = ({ lines, level = "h2" }) =>
  PARTS.filter((part) => lines[part]).map((part) => html`
    <section class="part" key=${part}><${level}>${words.part[part]}<//>
      <ul>${lines[part]?.map((line) => html`<li key=${line}>${piecesOf(line).map(Piece)}</li>`)}</ul></section>`)

/** @param {{text: string, isNumber: boolean}} piece */
const Piece = ({ text, isNumber }) => (isNumber ? html`<a href=${telOf(text)} aria-label=${words.call(text)}>${text}</a>` : text)

/** The plan as it can be read now, and again when it changes; null until it was read. */
export function usePlan() {
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
