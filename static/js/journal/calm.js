/** The form in the hours after a session: larger, fewer words, three scales, one button. The whole form is one tap away. */
import { element, part } from "../base/dom.js"
import { asked } from "./more-fold.js"
import { SCALES } from "./rules.js"
import { words } from "./words.js"

/** Somebody asked for the whole form; so it stays until the page is opened anew. */
let isWhole = false
/** @type {string[]} */
let questions = []

/** @param {boolean} isSoonAfter a session */
export function beCalm(isSoonAfter) {
  const isCalm = isSoonAfter && !isWhole
  const root = document.documentElement
  if ((root.dataset.form === "calm") === isCalm) return
  const legends = SCALES.map((key) => /** @type {HTMLElement} */ (part("check-in").elements[key][0].closest("fieldset").querySelector("legend")))
  if (isCalm) {
    root.dataset.form = "calm"
    questions = legends.map((legend) => legend.textContent ?? "")
    legends.forEach((legend, i) => (legend.textContent = words.brief[SCALES[i]]))
    const whole = element("button", { type: "button", id: "whole", class: "link small" }, words.whole_form)
    whole.addEventListener("click", () => {
      isWhole = true
      // There it is asked in its fold.
      if (asked.peek() === "tone") asked.value = ""
      beCalm(true)
      part("note").focus()
    })
    part("check-in").append(whole)
  } else {
    delete root.dataset.form
    legends.forEach((legend, i) => (legend.textContent = questions[i]))
    part("whole").remove()
  }
}
