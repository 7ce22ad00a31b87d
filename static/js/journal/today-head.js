/** The top of Today: the day in words, the time since a session, what was written earlier today. */
import { account, journal } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { addDays, hereZone, localDay, now } from "../base/time.js"
import { instantWords, partOfDay, timeWords } from "../base/time-words.js"
import { all } from "../records/store.js"
import { sinceSession } from "./rules.js"
import { ratingsWords } from "./entry-words.js"

const MINUTE_MS = 60_000
/** Long enough for today in any zone, and for the days counted after a session. */
const LOOKS_BACK_DAYS = 9
/** @type {ReturnType<typeof setTimeout> | undefined} */
let nextMinute

/** @typedef {import("../records/store.js").Row} Row */

/** @param {Row | null} row the entry being mended, or null for a new one */
export async function showHead(row) {
  if (row) return title(row.record.values.occurred_at, row.record.values.zone, "you are changing this entry, as it was felt then")
  title(now(), hereZone(), "")
  const db = await journal()
  const from = addDays(now().slice(0, 10), -LOOKS_BACK_DAYS)
  const [entries, sessions] = await Promise.all([all(db, "check_in", from), all(db, "treatment_session", from)])
  const startsAt = account.value?.day_starts_at
  title(now(), hereZone(), sinceSession(sessions.map(({ record }) => record.values), now(), hereZone(), startsAt))
  const today = localDay(now(), hereZone(), startsAt)
  earlier(entries.filter(({ at, record }) => localDay(at, record.values.zone, startsAt) === today))
  clearTimeout(nextMinute)
  nextMinute = setTimeout(() => showHead(null), MINUTE_MS - (Date.now() % MINUTE_MS))
}

/** @param {string} instant @param {string} zone @param {string} more */
function title(instant, zone, more) {
  clearTimeout(nextMinute)
  put("today-title", partOfDay(instant, zone))
  put("today-lead", [instantWords(instant, zone), more].filter(Boolean).join(" · "))
}

/** Untouched where nothing changes, so that nothing is read out twice. @param {string} id @param {string} words */
function put(id, words) {
  if (part(id).textContent !== words) part(id).textContent = words
}

/** @param {Row[]} rows */
function earlier(rows) {
  part("earlier").hidden = !rows.length
  const lines = rows.map(({ id, at, record }) => element("li", {}, element("a", { href: `#/entry/${id}` },
    element("span", { class: "number" }, timeWords(at, record.values.zone)),
    element("span", { class: "soft small" }, ratingsWords(record.values) || "a note"))))
  part("earlier").querySelector("ul").replaceChildren(...lines)
}
