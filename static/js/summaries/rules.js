/** What a period looked like, worked out on the phone from what lies here; the contract's `daily`. Pure. */
import { mean } from "../base/chart-shapes.js"
import { addDays, daysBetween, hoursBetween, localDay } from "../base/time.js"
import { isRememberedLater } from "../records/told.js"

const ACUTE_MS = 24 * 3_600_000
const FIGURES = ["mood", "anxiety", "dissociation", "sleep_hours", "rested"]
const EVENING = "22:00"
const MORNING = "05:00"
const FRESH_H = 1 / 6

/** @typedef {import("../records/told.js").Row} Row */
/** @typedef {import("../records/told.js").Session} Session */
/** @typedef {{day: string, entries: number, [figure: string]: any}} Day */

/**
 * The days with an entry, oldest first: means of what was answered, leaving out entries within 24 hours after a session.
 * @param {Row[]} rows check-ins @param {Session[]} sessions that took place @param {string} [startsAt] when a day turns
 * @returns {Day[]}
 */
export function dailyOf(rows, sessions, startsAt) {
  /** @type {Map<string, {all: number, late: number, away: Record<string, any>[]}>} */
  const days = new Map()
  const starts = sessions.map(({ starts_at }) => Date.parse(starts_at))
  for (const { record } of rows) {
    const { values } = record
    const day = localDay(values.occurred_at, values.zone, startsAt)
    const found = days.get(day) ?? { all: 0, late: 0, away: [] }
    found.all += 1
    if (isRememberedLater(record)) found.late += 1
    if (!isAcute(Date.parse(values.occurred_at), starts)) found.away.push(values)
    days.set(day, found)
  }
  return [...days]
    .map(([day, { all, late, away }]) => ({
      day,
      entries: all,
      remembered_later: late,
      within_24h: all - away.length,
      ...Object.fromEntries(FIGURES.map((figure) => [figure, mean(away.map((values) => values[figure]))])),
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

/**
 * The mood of each day that has one, away from a dose. @param {Row[]} rows check-ins @param {Session[]} sessions
 * @param {string} [startsAt] @returns {Map<string, number>}
 */
export const moodsOf = (rows, sessions, startsAt) =>
  new Map(dailyOf(rows, sessions, startsAt).flatMap(({ day, mood }) => (mood === null ? [] : [[day, mood]])))

/** Entries written about when they were felt. @param {Row[]} rows */
export const writtenThen = (rows) => rows.filter(({ record }) => !isRememberedLater(record))

/**
 * The period shown: the last so many days, or everything there is.
 * @param {number | null} count null for all @param {Day[]} daily @param {string} today
 */
export function periodOf(count, daily, today) {
  const first = daily[0]?.day ?? today
  return { from: count ? addDays(today, 1 - count) : first < today ? first : today, to: today }
}

/**
 * From which day of a period on its days are counted: nobody missed what lay before their first entry. Undefined without one.
 * @param {string} from the period's first day @param {Day[]} daily @param {boolean} hasOlder whether there are entries before all of them
 */
export const countedFrom = (from, daily, hasOlder) => (hasOlder || (daily[0] && daily[0].day < from) ? from : daily[0]?.day)

/**
 * How long a period is, as a person would say it. @param {string} from @param {string} to
 * @returns {{unit: "day" | "week" | "month" | "year", count: number}}
 */
export function lengthOf(from, to) {
  const days = daysBetween(from, to) + 1
  if (days === 30 || days === 90 || days < 14) return { unit: "day", count: days }
  const weeks = Math.round(days / 7)
  if (weeks <= 26) return { unit: "week", count: weeks }
  const months = Math.round(days / 30.44)
  return months < 24 ? { unit: "month", count: months } : { unit: "year", count: Math.round(months / 12) }
}

/**
 * Why what followed a session is not shown now: at night, or straight after something was written. Nothing when it may be.
 * @param {string} time of the wall clock @param {(string | undefined)[]} writtenAt instants @param {string} now
 * @returns {"" | "night" | "fresh"}
 */
export function whyNotNow(time, writtenAt, now) {
  if (time >= EVENING || time < MORNING) return "night"
  const isFresh = (/** @type {string | undefined} */ at) => at && hoursBetween(at, now) >= 0 && hoursBetween(at, now) < FRESH_H
  return writtenAt.some(isFresh) ? "fresh" : ""
}

/** @param {number} occurredMs @param {number[]} starts */
const isAcute = (occurredMs, starts) => starts.some((start) => occurredMs >= start && occurredMs <= start + ACUTE_MS)
