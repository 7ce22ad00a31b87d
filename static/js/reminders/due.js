/** What is due now, for the Today page: there also when no notification ever came. */
import { call } from "../base/api.js"
import { element } from "../base/dom.js"
import { timeWords } from "../base/language.js"
import { words } from "./words.js"

/**
 * One quiet line in the list `place` for each thing that is due; nothing when nothing is, or without a connection.
 * @param {Element} place a `<ul class="rows">`
 */
export async function showDue(place) {
  try {
    place.replaceChildren(...(await call("GET", "/api/due")).items.map(line))
  } catch {
    place.replaceChildren() // the page itself works as ever
  }
}

/** @param {any} one */
function line(one) {
  const what = element("span", { class: "soft small" }, `${one.wording || words.due.yours}, ${timeWords(one.due_at)}`)
  const button = element("button", { class: "link small", type: "button" }, words.due.not_now)
  const less = element("a", { class: "small", href: "#/less" }, words.due.less)
  const made = element("li", {}, what, element("span", { class: "ways" }, button, less))
  button.addEventListener("click", () => {
    made.remove()
    // Where it does not arrive, the line comes back with the next answer: the server has not heard of it.
    call("POST", `/api/deliveries/${one.id}/seen`, { action: "not_now" }).catch(() => undefined)
  })
  return made
}
