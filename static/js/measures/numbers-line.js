/** The card in one line: the emergency number, the lines that answer, one's own plan, somebody near. */
import { remembered } from "../base/database.js"
import { element } from "../base/dom.js"
import { hereZone } from "../base/time.js"
import { wayTo } from "../base/way.js"
import { EMERGENCY } from "../safety/crisis-lines.js"
import { countryOf, telOf } from "../safety/rules.js"
import { words } from "./words.js"

/** What stands in that line; nothing of it needs the network. @param {string} [card] which the lines are part of */
export async function numbersLine(card = "form") {
  const country = (await remembered("country")) ?? countryOf(hereZone(), navigator.languages)
  const call = EMERGENCY[country]?.call
  return [
    ` ${words.speak} `,
    ...(call ? [element("a", { href: telOf(call) }, call), ", "] : []),
    wayTo("/help", card, words.numbers), ", ",
    element("a", { href: "#/safety-plan" }, words.plan), `, ${words.somebody}`,
  ]
}
