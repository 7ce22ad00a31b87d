/** The top line, and the ways on from Today: what they say depends on who is here. */
import { call } from "../base/api.js"
import { remember, remembered } from "../base/database.js"
import { part } from "../base/dom.js"
import { heard } from "../base/news.js"
import { effect } from "../base/signals.js"
import { account } from "./account.js"

/** Keeps the top line true. */
export function startHeader() {
  effect(() => {
    const who = account.value
    const isPatient = who?.role === "patient"
    part("shared").hidden = !isPatient
    part("enter").hidden = Boolean(who)
    for (const id of ["first-words", "register"]) part(id).hidden = Boolean(who)
    for (const way of document.querySelectorAll("#ways .signed")) /** @type {any} */ (way).hidden = !who
  })
  const ask = () => {
    const who = account.peek()
    if (who?.role === "patient") showShared(who.id)
  }
  effect(() => void (account.value, ask()))
  heard((what) => what === "shares" && ask())
  addEventListener("online", ask)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask())
}

/** @param {string} id */
async function showShared(id) {
  const key = `shared-with ${id}`
  say(await remembered(key))
  try {
    const answer = await call("GET", "/api/consents")
    const consents = Array.isArray(answer) ? answer : answer.items
    const count = consents.filter((/** @type {any} */ consent) => consent.status === "accepted").length
    say(count)
    await remember(key, count)
  } catch {
    // Without an answer the last known number stands.
  }
}

/** Nothing where it is not known: a 0 would be a promise. @param {number | undefined} count */
const say = (count) => (part("shared").textContent = count === undefined ? "" : `Shared with: ${count}`)
