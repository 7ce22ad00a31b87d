/** The top line: with how many this is shared, and what is new among them. */
import { call } from "../base/api.js"
import { heard } from "../base/database.js"
import { part } from "../base/dom.js"
import { number } from "../base/language.js"
import { effect } from "../../vendor/signals-core.js"
import { account } from "./account.js"
import { lastShares, rememberShares } from "./open-shares.js"
import { isRead, readersOf } from "./rules.js"

/** @typedef {import("./rules.js").Share} Share */

/** Keeps the top line true. */
export function startHeader() {
  effect(() => void (account.value, ask()))
  heard((what) => what === "shares" && ask())
  addEventListener("online", ask)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask())
}

async function ask() {
  const who = account.peek()
  const kept = await lastShares()
  if (account.peek() !== who) return
  say(kept)
  if (who?.role !== "patient") return part("newcomers").replaceChildren()
  try {
    /** @type {any[]} */
    const consents = await call("GET", "/api/consents")
    if (account.peek() !== who) return
    say(await rememberShares(who.id, consents))
    const { showNewcomers } = await import("./newcomers.js")
    await showNewcomers(part("newcomers"), consents)
  } catch {
    // Without an answer what was last known stands.
  }
}

/** How many, and whom a note can't reach now. Nothing where it is not known: a 0 would be a promise. @param {Share[] | undefined} shares */
function say(shares) {
  const isSaid = shares && account.peek()?.role === "patient"
  part("shared").hidden = !isSaid
  part("shared-count").textContent = isSaid ? number(shares.length) : ""
  const readers = shares && readersOf(shares, "notes")
  for (const option of part("audience").options) option.toggleAttribute("data-unread", Boolean(readers && option.value !== "me" && !isRead(readers, option.value)))
}
