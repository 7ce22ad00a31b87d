/** The top line: with how many this is shared, and what is new among them. */
import { call } from "../base/api.js"
import { heard, remember, remembered } from "../base/database.js"
import { part } from "../base/dom.js"
import { number } from "../base/language.js"
import { effect } from "../../vendor/signals-core.js"
import { account, sharedWith } from "./account.js"

/** Keeps the top line true. */
export function startHeader() {
  effect(() => void (account.value, ask()))
  heard((what) => what === "shares" && ask())
  addEventListener("online", ask)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask())
}

async function ask() {
  const who = account.peek()
  if (who?.role !== "patient") {
    part("shared").hidden = true
    return part("newcomers").replaceChildren()
  }
  const key = sharedWith(who.id)
  say(await remembered(key))
  try {
    /** @type {any[]} */
    const consents = await call("GET", "/api/consents")
    if (account.peek() !== who) return
    const count = consents.filter((consent) => consent.status === "accepted").length
    say(count)
    await remember(key, count)
    const { showNewcomers } = await import("./newcomers.js")
    await showNewcomers(part("newcomers"), consents)
  } catch {
    // Without an answer the last known number stands.
  }
}

/** Nothing where it is not known: a 0 would be a promise. @param {number | undefined} count */
function say(count) {
  part("shared").hidden = count === undefined
  part("shared-count").textContent = count === undefined ? "" : number(count)
}
