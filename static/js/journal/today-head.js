/** The top of Today: the day in words, the time since a session, what it asks now, and what was written earlier today. */
import { account, journal } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { addDays, hereZone, localDay, now } from "../base/time.js"
import { instantWords, partOfDay, timeWords } from "../base/time-words.js"
import { all } from "../records/store.js"
import { beCalm } from "./calm.js"
import { ratingsWords } from "./entry-words.js"
import { asked, offerSleep } from "./more-fold.js"
import { isCalm, isTonight, plannedNear, pointAt } from "./points.js"
import { daysSinceSession } from "./rules.js"
import { words } from "./words.js"

const MINUTE_MS = 60_000
/** Long enough for today in any zone, and for what is asked and counted after a session. */
const LOOKS_BACK_DAYS = 10
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextMinute
let turn = 0

/** @typedef {import("../records/store.js").Row} Row */

/** @param {Row | null} row the entry being mended, or null for a new one */
export async function showHead(row) {
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

/** The entries and sessions on this device that have to do with an instant. @param {string} at */
export async function around(at) {
  const db = await journal()
  const from = addDays(at.slice(0, 10), -LOOKS_BACK_DAYS)
  const [entries, sessions] = await Promise.all([all(db, "check_in", from), all(db, "treatment_session", from)])
  return { entries, sessions: sessions.map(({ id, record }) => ({ ...record.values, id, starts_at: record.values.starts_at })) }
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
  const planned = plannedNear(sessions, now())
  beCalm(isCalm(sessions, now()))
  asked.value = { "t+24h": "keep", "t+7d": "compared" }[point?.point ?? ""] ?? ""
  const lines = []
  if (isTonight(sessions, now())) lines.push(element("a", { href: "#/tonight" }, words.tonight))
  if (planned) {
    const say = planned.starts_at > now() ? words.planned : words.planned_passed
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
