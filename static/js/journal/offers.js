/** What is offered once, after an entry was saved: a page for coming back, or who one could tell. Never more than a line. */
import { account, journal } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { route } from "../base/router.js"
import { addDays } from "../base/time.js"
import { effect } from "../../vendor/signals-core.js"
import { all } from "../records/store.js"
import { isFarAway, isStrongInBody } from "./rules.js"
import { isStretchToSay } from "./stretch.js"
import { words } from "./words.js"

/** Two months hold the five days and what was before them. */
const LOOKS_BACK_DAYS = 60

// A page that was opened is not offered any more; nor is anything about one entry while another is mended.
effect(() => {
  const { path, page } = route.value
  for (const way of part("offers").querySelectorAll(".notice > a")) if (way.hash === `#${path}`) way.parentElement.remove()
  part("offers").hidden = page?.path.startsWith("/entry/")
})

/** @param {string} id of the entry just saved @param {Record<string, any>} values @param {boolean} isNew */
export async function offerAfter(id, values, isNew) {
  const lines = []
  if (isFarAway(values)) lines.push(line(words.far_away, "#/grounding", words.far_away_page))
  if (isStrongInBody(values)) lines.push(line(words.strong_in_body, "#/medical", words.strong_in_body_page))
  if (isNew && (await isHardStretch(id, values))) lines.push(line(words.hard_stretch, "#/help", words.hard_stretch_page))
  part("offers").replaceChildren(...lines)
}

/** @param {string} id @param {Record<string, any>} values */
async function isHardStretch(id, values) {
  const entries = await all(await journal(), "check_in", addDays(values.occurred_at.slice(0, 10), -LOOKS_BACK_DAYS))
  const found = entries.map(({ at, record }) => ({ at, values: record.values }))
  return entries[0]?.id === id && isStretchToSay(found, account.value?.day_starts_at)
}

/** @param {string} said @param {string} href @param {string} way */
function line(said, href, way) {
  const not = element("button", { type: "button", class: "link" }, words.not_now)
  const made = element("p", { class: "notice" }, said, " ", element("a", { href }, way), " ", not)
  not.addEventListener("click", () => {
    made.remove()
    part("today").focus()
  })
  return made
}
