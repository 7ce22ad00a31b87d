/** One line above the first question: what was begun long ago is for now, unless its person keeps that time. */
import { element, part } from "../base/dom.js"
import { timeWords } from "../base/language.js"
import { addDays, hereZone, instantOf, now, wall } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { words } from "./words.js"

/** @param {string} begun a wall time @param {(when: string) => void} settle told what was chosen */
export function showBegun(begun, settle) {
  const choice = (/** @type {string} */ said, /** @type {string} */ when) => {
    const button = element("button", { type: "button", class: "link" }, said)
    button.addEventListener("click", () => {
      settle(when)
      part("today").focus({ preventScroll: true })
    })
    return button
  }
  part("begun").replaceChildren(element("p", { class: "notice" }, begunWords(begun),
    element("span", { class: "ways" }, choice(words.keep_time, begun), choice(words.for_now, ""))))
}

/** "Begun yesterday, 10:44." @param {string} begun */
function begunWords(begun) {
  const instant = instantOf(begun, hereZone())
  const today = wall(now(), hereZone()).day
  const day = begun.slice(0, 10)
  const at = timeWords(instant)
  return words.begun(day === today ? at : day === addDays(today, -1) ? words.yesterday(at) : instantWords(instant))
}
