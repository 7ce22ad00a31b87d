/** A quiet line on Today for what opens this account: when it is new, again after 24 hours, and each month. */
import { call } from "../base/api.js"
import { remember, remembered } from "../base/database.js"
import { element, part } from "../base/dom.js"
import { now } from "../base/time.js"
import { account, saidHere } from "./account.js"
import { deviceWords } from "./devices.js"
import { openings, tellings, unsaid } from "./rules.js"
import { words } from "./words.js"

/** Shows the line in `place`, or nothing where nothing is to be said or known. @param {Element} place @param {any[]} consents */
export async function showNewcomers(place, consents) {
  const who = account.peek()
  if (!who) return place.replaceChildren()
  const devices = await call("GET", "/api/sign-ins")
  const here = devices.find((/** @type {any} */ device) => device.current)?.created_at ?? now()
  const found = unsaid(openings(devices, consents), (await remembered(saidHere(who.id))) ?? {}, here, now())
  if (account.peek() !== who) return
  place.replaceChildren(...(found.length ? [element("li", {}, element("a", { href: "#/who-can-open-this" }, lineOf(found)))] : []))
}

/** They have been seen on their own page: nothing more is said of them until it is time again. @param {any[]} devices @param {any[]} consents */
export async function noteSeen(devices, consents) {
  const who = account.peek()
  if (!who) return
  const told = openings(devices, consents).map(({ id, since }) => [id, tellings(since, now())])
  await remember(saidHere(who.id), Object.fromEntries(told))
  part("newcomers").replaceChildren()
}

/** @param {import("./rules.js").Opening[]} found */
function lineOf(found) {
  const [first, ...more] = found
  if (more.length) return words.new.several(found.length)
  if (first.kind === "device") return words.new.device(deviceWords(first.name))
  return first.name ? words.new.share(first.name) : words.new.invitation
}
