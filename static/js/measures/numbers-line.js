/** The card in one line: the emergency number, the lines that answer, one's own plan, somebody near. */
import { element } from "../base/dom.js"
import { wayTo } from "../base/way.js"
import { emergenciesNow } from "../safety/emergency.js"
import { telOf } from "../safety/rules.js"
import { words as help } from "../safety/words.js"
import { words } from "./words.js"

/** What stands in that line; nothing of it needs the network. Abroad the emergency numbers are two. @param {string} [card] which the lines are part of */
export async function numbersLine(card = "form") {
  const emergencies = await emergenciesNow()
  const isOne = emergencies.length === 1
  return [
    ` ${words.speak} `,
    ...emergencies.flatMap(({ call, name }) =>
      call ? [element("a", { href: telOf(call) }, call), isOne ? ", " : ` (${name}), `] : isOne ? [] : [`${help.help.local_number}, `]),
    wayTo("/help", card, words.numbers), ", ",
    element("a", { href: "#/safety-plan" }, words.plan), `, ${words.somebody}`,
  ]
}
