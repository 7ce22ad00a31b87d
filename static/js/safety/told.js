/** On Today: one quiet line where an alert was seen, was not in time, or reaches nobody any more, until its person has read of it on its own page. */
import { account, locked } from "../accounts/account.js"
import { lastShares } from "../accounts/open-shares.js"
import { heard } from "../base/database.js"
import { element } from "../base/dom.js"
import { now } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { wayTo } from "../base/way.js"
import { alerting, newsOf, TOLD } from "./rules.js"
import { alertsNow, isOnItsWay, readSoFar } from "./told-kept.js"
import { words } from "./words.js"

const said = words.tell
let turn = 0
/** Stops looking again. */
let again = () => {}

/** Shows the line in `place`, or nothing where nothing is new. @param {Element} place a `<ul class="rows">` */
export async function showTold(place) {
  const mine = ++turn
  again()
  const who = account.peek()
  const isShut = locked.peek()
  const isAsked = who?.role === "patient" && !isShut
  const shares = isAsked ? await lastShares() : []
  const told = isAsked ? await alertsNow(5) : null
  // Whoever is here by now reads nothing of somebody else's, nor of what was locked meanwhile.
  const isLeft = () => mine !== turn || account.peek() !== who || locked.peek() !== isShut
  if (isLeft()) return
  const open = shares && alerting(shares).map(({ consent_id }) => consent_id ?? "")
  const found = told ? newsOf(told.items, await readSoFar(), now(), open)[0] : undefined
  if (isLeft()) return
  const name = shares?.find(({ consent_id }) => consent_id === found?.consent_id)?.name ?? said.somebody
  const line = found && newsLine(found, name)
  place.replaceChildren(...(line ? [element("li", {}, wayTo("/help", TOLD, line))] : []))
  if (!told?.isOnItsWay) return
  // Whether anybody is told is known once it was sent, which may have been just now.
  again = heard((what) => what === "records" && showTold(place))
  if (!(await isOnItsWay()) && !isLeft()) showTold(place)
}

/** @param {any} alert that something became of @param {string} name whose it is */
function newsLine({ seen_by, seen_at, untold_at, unseen_at, occurred_at }, name) {
  if (seen_at) return said.was_seen(seen_by, instantWords(seen_at))
  if (untold_at) return said.was_untold(instantWords(occurred_at))
  return unseen_at ? said.was_not_seen(name) : said.was_ended(instantWords(occurred_at))
}
