/** What a period looked like, worked out on the phone from what lies here; the contract's `daily`. Pure. */
import { mean } from "../base/chart-shapes.js"
import { addDays, daysBetween, localDay } from "../base/time.js"
import { spanWords } from "../base/time-words.js"

const ACUTE_MS = 24 * 3_600_000
const FIGURES = ["mood", "anxiety", "dissociation", "sleep_hours", "rested"]
const NUMBERS = ["", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]

/** @typedef {{record: {values: Record<string, any>}}} Row */
/** @typedef {{day: string, entries: number, [figure: string]: any}} Day */

/** Sessions that took place, oldest first: happened (or nothing said) and stopped early. @param {Row[]} rows @param {string} now */
export const tookPlace = (rows, now) =>
  rows
    .map(({ record }) => record.values)
    .filter(({ status, starts_at }) => (!status || status === "happened" || status === "stopped_early") && starts_at <= now)
    .toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))

/**
 * The days with an entry, oldest first: means of what was answered, leaving out entries within 24 hours after a session.
 * @param {Row[]} rows check-ins @param {Record<string, any>[]} sessions that took place @param {string} [startsAt] when a day turns
 * @returns {Day[]}
 */
export function dailyOf(rows, sessions, startsAt) {
  /** @type {Map<string, {all: number, away: Record<string, any>[]}>} */
  const days = new Map()
  const starts = sessions.map(({ starts_at }) => Date.parse(starts_at))
  for (const { record } of rows) {
    const { values } = record
    const day = localDay(values.occurred_at, values.zone, startsAt)
    const found = days.get(day) ?? { all: 0, away: [] }
    found.all += 1
    if (!isAcute(Date.parse(values.occurred_at), starts)) found.away.push(values)
    days.set(day, found)
  }
  return [...days]
    .map(([day, { all, away }]) => ({
      day,
      entries: all,
      within_24h: all - away.length,
      ...Object.fromEntries(FIGURES.map((figure) => [figure, mean(away.map((values) => values[figure]))])),
    }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

/**
 * The period shown: the last so many days, or everything there is.
 * @param {number | null} count null for all @param {Day[]} daily @param {string} today
 */
export function periodOf(count, daily, today) {
  const first = daily[0]?.day ?? today
  return { from: count ? addDays(today, 1 - count) : first < today ? first : today, to: today }
}

/** "Thirty days", "Ten weeks". @param {string} from @param {string} to */
export function lengthWords(from, to) {
  const days = daysBetween(from, to) + 1
  if (days === 30) return "Thirty days"
  if (days === 90) return "Ninety days"
  if (days < 14) return `${NUMBERS[days] || days} ${days === 1 ? "day" : "days"}`
  const weeks = Math.round(days / 7)
  if (weeks <= 26) return `${NUMBERS[weeks] || weeks} weeks`
  const months = Math.round(days / 30.44)
  return months < 24 ? `${NUMBERS[months] || months} months` : `${NUMBERS[Math.round(months / 12)] || Math.round(months / 12)} years`
}

/** "15 September to 23 November · 58 of 70 days". @param {string} from @param {string} to @param {Day[]} daily */
export function spanLine(from, to, daily) {
  const written = daily.filter(({ day }) => day >= from && day <= to).length
  return `${spanWords(from, to)} · ${written} of ${daysBetween(from, to) + 1} days`
}

/** What a week after a session says. @param {{better: number, of: number, reading: string}} week */
export function weekWords({ better, of, reading }) {
  if (reading === "counted") return `${better} of ${of}`
  if (reading === "too_few") return of === 0 ? "nothing written" : `${of} ${of === 1 ? "day" : "days"} written, too few to say`
  return ""
}

/** Why no week can be counted, or nothing. @param {{reading: string}[]} weeks */
export function whyNone(weeks) {
  if (weeks.some(({ reading }) => reading === "no_start")) return "Too little was written before the first session to compare with."
  if (weeks.some(({ reading }) => reading === "no_room")) return "You began so high that better days could not be told apart."
  return ""
}

/** @param {number} occurredMs @param {number[]} starts */
const isAcute = (occurredMs, starts) => starts.some((start) => occurredMs >= start && occurredMs <= start + ACUTE_MS)
