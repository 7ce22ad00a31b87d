/** What is due now, for the Today page: there also when no notification ever came. */
import { call } from "../base/api.js"
import { element } from "../base/dom.js"
import { timeWords } from "../base/time-words.js"

/**
 * One quiet line in the list `place` for each thing that is due; nothing when nothing is, or without a connection.
 * @param {Element} place a `<ul class="rows">`
 */
export async function showDue(place) {
  try {
    const answer = await call("GET", "/api/due")
    const items = Array.isArray(answer) ? answer : (answer?.items ?? [])
    place.replaceChildren(...items.map(line))
  } catch {
    place.replaceChildren() // the page itself works as ever
  }
}

/** @param {any} one */
function line(one) {
  const words = element("span", { class: "soft small" }, `${one.wording || "Your reminder"}, ${timeWords(one.due_at)}`)
  const button = element("button", { class: "link small", type: "button" }, "Not now")
  const made = element("li", {}, words, button)
  button.addEventListener("click", () => {
    made.remove()
    // Where it does not arrive, the line comes back with the next answer: the server has not heard of it.
    call("POST", `/api/deliveries/${one.id}/seen`, { action: "not_now" }).catch(() => undefined)
  })
  return made
}
