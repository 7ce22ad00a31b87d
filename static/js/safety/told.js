/** On Today: one quiet line where an alert was seen, or was not in time, until its person has read of it on its own page. */
import { account, locked } from "../accounts/account.js"
import { lastShares } from "../accounts/open-shares.js"
import { call } from "../base/api.js"
import { element } from "../base/dom.js"
import { now } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { wayTo } from "../base/way.js"
import { newsOf, TOLD } from "./rules.js"
import { keptAlerts, readSoFar } from "./told-kept.js"
import { words } from "./words.js"

const said = words.tell
let turn = 0

/** Shows the line in `place`, or nothing where nothing is new. @param {Element} place a `<ul class="rows">` */
export async function showTold(place) {
  const mine = ++turn
  const who = account.peek()
  const isShut = locked.peek()
  const shares = who?.role === "patient" && !isShut ? ((await lastShares()) ?? []) : []
  const isAsked = shares.some(({ scopes }) => scopes.includes("alerts"))
  const answered = isAsked ? (await call("GET", "/api/alerts?limit=5").catch(() => null))?.items : undefined
  // Whoever is here by now reads nothing of somebody else's, nor of what was locked meanwhile.
  const isLeft = () => mine !== turn || account.peek() !== who || locked.peek() !== isShut
  if (isLeft()) return
  const found = isAsked ? newsOf(await keptAlerts(answered), await readSoFar(), now())[0] : undefined
  if (isLeft()) return
  const name = shares.find(({ consent_id }) => consent_id === found?.consent_id)?.name ?? said.somebody
  const line = found?.seen_at ? said.was_seen(found.seen_by, instantWords(found.seen_at)) : found && said.was_not_seen(name)
  place.replaceChildren(...(line ? [element("li", {}, wayTo("/help", TOLD, line))] : []))
}
