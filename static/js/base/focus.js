/** Where the keys stand, and whoever listens to the page: where what was pressed or read has gone, on what came in its place. */
import { part } from "./dom.js"

const PLACES = "li, article, section, form, fieldset, details, aside, main"
/** What is said there comes first, then what is to be filled in. A button is never taken: a second press would press it unread. */
const READ = ["[role=alert]", "input, select, textarea", "h1, h2, h3"]
const page = part("page")

/** What has the focus, and the places it stands in, from the innermost. @type {Element[]} */
let held = []
/** What had the focus when the new page came without its title. @type {Element | null} */
let before = null

addEventListener("focusin", ({ target }) => {
  const first = /** @type {Element} */ (target)
  held = [first]
  for (let place = first.parentElement?.closest(PLACES); place && page.contains(place); place = place.parentElement?.closest(PLACES)) held.push(place)
})
new MutationObserver(follow).observe(page, { childList: true, subtree: true })

/** The title of the page that was just drawn is taken as soon as it is there, unless somebody has gone on meanwhile. */
export function awaitTitle() {
  before = document.activeElement
  follow()
}

function follow() {
  const now = document.activeElement
  if (before && (now === before || now === document.body)) take(page)
  else before = null
  if (now === document.body && held.length > 1 && !held[0].isConnected) take(held.find((one) => one.isConnected) ?? page)
}

/** @param {Element} place */
function take(place) {
  const found = (place === page ? ["h1"] : READ).map((which) => place.querySelector(which)).find(Boolean) ?? (place === page ? null : place)
  if (!found) return
  before = null
  if (!found.matches("input, select, textarea")) found.setAttribute("tabindex", "-1")
  const focused = /** @type {HTMLElement} */ (found)
  focused.focus()
}
