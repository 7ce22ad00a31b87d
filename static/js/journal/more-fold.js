/** The folds of the form: their questions come when one is opened. */
import { locked } from "../accounts/account.js"
import { part } from "../base/dom.js"
import { effect, signal } from "../../vendor/signals-core.js"
import { hereZone, localDay, now, wall } from "../base/time.js"
import { extras } from "./form.js"

/** What the point after a session asks beside the scales: "keep", "compared", "tone", or nothing. */
export const asked = signal("")

const FOLDS = /** @type {const} */ (["away", "sleep", "body", "own"])
/** What these points ask in a fold (CLINICAL.md, section 3). @type {Record<string, "body">} */
const FOLD_AT = { "t+4h": "body", "t+24h": "body" }
/** The point for which a fold was opened; once is enough. */
let openedAt = ""
/** The day on which sleep was offered, and whether while locked: an unlock folds all away. Once is enough. */
let offeredOn = ""

/** @param {() => void} touched called after each answer */
export function startMore(touched) {
  const change = (/** @type {import("./rules.js").Extras} */ next) => {
    extras.value = next
    touched()
  }
  for (const fold of FOLDS) {
    const show = async () => {
      if (part(fold).open) (await import("./more/more.js")).showMore(fold, part(fold).querySelector("div"), change)
    }
    part(fold).addEventListener("toggle", show)
    // It may have been opened before this script came.
    show()
  }
  effect(() => {
    const isAsked = asked.value || extras.value.keep !== undefined || extras.value.compared !== undefined
    if (isAsked) import("./more/more.js").then(({ showMore }) => showMore("asked", part("asked"), change))
    part("asked").hidden = !isAsked
  })
  effect(() => void sayAnswers(extras.value))
}

/** What is answered stands beside the name of its fold, so that nobody has to open it to see. @param {import("./rules.js").Extras} given */
async function sayAnswers(given) {
  const said = Object.keys(given).length ? (await import("./more/answers.js")).piecesOf : () => []
  if (given !== extras.value) return
  for (const fold of FOLDS) part(`${fold}-said`).textContent = said(fold, given).join(" · ")
}

/** What a point asks stands open at it, until it is once left alone; not in the short form, nor where the person chose the three scales alone. @param {import("./points.js").Point | null} point */
export function openAsked(point) {
  const fold = point && FOLD_AT[point.point]
  const at = fold ? `${point.session_id} ${point.point}` : openedAt
  const { only, form } = document.documentElement.dataset
  if (at === openedAt || only === "scales" || form === "calm") return
  openedAt = at
  part(/** @type {string} */ (fold)).open = true
}

/** In the morning sleep is asked for openly, until it is answered or once left alone. @param {Record<string, any>[]} today values of the day's entries @param {string} [startsAt] */
export function offerSleep(today, startsAt) {
  const { time } = wall(now(), hereZone())
  const day = `${localDay(now(), hereZone(), startsAt)} ${locked.peek()}`
  if (offeredOn === day || time < "04:00" || time >= "12:00" || today.some(({ sleep_hours, rested }) => (sleep_hours ?? rested) !== undefined)) return
  offeredOn = day
  part("sleep").open = true
}
