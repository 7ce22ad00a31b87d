/** The top of Today: the day in words, the time since a session, what it asks now, and what was written earlier today. */
import { account, locked } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { heard } from "../base/database.js"
import { route } from "../base/router.js"
import { effect } from "../../vendor/signals-core.js"
import { hereZone, isEvening, localDay, now, wall } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { partOfDay } from "../base/day-words.js"
import { instantWords } from "../base/time-words.js"
import { beCalm } from "./calm.js"
import { ratingsWords } from "./entry-words.js"
import { asked, offerSleep, openAsked } from "./more-fold.js"
import { daysSinceSession, isCalm, isTonight, plannedNext, pointAt } from "./points.js"
import { around } from "./near.js"
import { isHere, mended } from "./today.js"
import { words } from "./words.js"

const MINUTE_MS = 60_000
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextMinute
let turn = 0

/** @typedef {import("../records/store.js").Row} Row */

/** Keeps the top true: for each entry that the form begins, with each return to it, and when the records change. */
export function startHead() {
  effect(() => {
    void route.value
    if (mended.value !== undefined && isHere()) renew(mended.value)
  })
  heard((what) => what === "records" && mended.peek() !== undefined && isHere() && renew(mended.peek() ?? null))
}

/** Where the storage was removed under an open page, the top stays as it was. @param {Row | null} row */
const renew = (row) => showHead(row).catch((fault) => console.info("Today was not read.", fault))

/** @param {Row | null} row the entry being mended, or null for a new one */
async function showHead(row) {
  const mine = ++turn
  clearTimeout(nextMinute)
  if (row) {
    title(row.record.values.occurred_at, row.record.values.zone, words.changing)
    return ask([], null)
  }
  title(now(), hereZone())
  const { entries, sessions } = await around(now())
  if (mine !== turn) return
  const startsAt = account.value?.day_starts_at
  const days = daysSinceSession(sessions, now(), hereZone(), startsAt)
  title(now(), hereZone(), days === null ? "" : words.since_session[days])
  ask(sessions, pointAt(sessions, entries.map(({ record }) => record.values), now()))
  const today = localDay(now(), hereZone(), startsAt)
  const ofToday = entries.filter(({ at, record }) => localDay(at, record.values.zone, startsAt) === today)
  earlier(ofToday)
  offerSleep(ofToday.map(({ record }) => record.values), startsAt)
  nextMinute = setTimeout(() => showHead(null), MINUTE_MS - (Date.now() % MINUTE_MS))
}

/** @param {string} instant @param {string} zone @param {string} [more] */
function title(instant, zone, more = "") {
  put("today-title", partOfDay(instant, zone))
  put("today-lead", [instantWords(instant, zone), more].filter(Boolean).join(" · "))
}

/** Untouched where nothing changes, so that nothing is read out twice. @param {string} id @param {string} said */
function put(id, said) {
  if (part(id).textContent !== said) part(id).textContent = said
}

/** @param {import("./points.js").Session[]} sessions @param {import("./points.js").Point | null} point */
function ask(sessions, point) {
  const planned = plannedNext(sessions, now())
  // A form that was short before the lock closed stays so.
  if (!locked.peek()) beCalm(isCalm(sessions, now()))
  openAsked(point)
  const { dataset } = document.documentElement
  dataset.point = point?.point ?? ""
  asked.value = { "t+24h": "keep", "t+7d": "compared", "t+2h": dataset.form === "calm" ? "tone" : "" }[point?.point ?? ""] ?? ""
  const lines = []
  if (isTonight(sessions, now())) {
    lines.push(element("a", { href: "#/tonight" }, isEvening(wall(now(), hereZone()).time) ? words.tonight : words.after_session))
  }
  if (planned) {
    const isAskedBefore = point?.point === "before" && point.session_id === planned.id
    const say = planned.starts_at <= now() ? words.planned_passed : isAskedBefore ? words.before : words.planned
    lines.push(element("a", { href: `#/session/${planned.id}` }, say(instantWords(planned.starts_at, planned.zone))))
  }
  if (point && words.point[point.point]) lines.push(element("span", {}, words.point[point.point]))
  const said = lines.map(({ textContent }) => textContent).join(" ")
  if (part("points").textContent !== said) part("points").replaceChildren(...lines.map((line) => element("li", {}, line)))
}

/** @param {Row[]} rows */
function earlier(rows) {
  part("earlier").hidden = !rows.length
  const lines = rows.map(({ id, at, record }) => element("li", {}, element("a", { href: `#/entry/${id}` },
    element("span", { class: "number" }, timeWords(at, record.values.zone)),
    element("span", { class: "soft small" }, ratingsWords(record.values) || words.a_note))))
  part("earlier").querySelector("ul").replaceChildren(...lines)
}
