/** Days and instants in words, as the person's language has them. Days are "YYYY-MM-DD". */
import { listed, locale, timeWords } from "./language.js"
import { format, hereZone, now, wall } from "./time.js"

/**
 * "23 November", with the weekday or the year where asked.
 * @param {string} day @param {{weekday?: boolean, year?: boolean, short?: boolean, month?: boolean}} [more] `month`: "Nov 2026" alone
 */
export function dayWords(day, more = {}) {
  const thisYear = day.slice(0, 4) === now().slice(0, 4)
  if (more.month) return format({ timeZone: "UTC", month: "short", year: "numeric" }, locale).format(new Date(`${day}T12:00Z`))
  return format({
    timeZone: "UTC",
    ...(more.weekday ? { weekday: "long" } : {}),
    day: "numeric",
    month: more.short ? "short" : "long",
    ...(more.year ?? !thisYear ? { year: "numeric" } : {}),
  }, locale).format(new Date(`${day}T12:00Z`))
}

/** "Monday". @param {string} day */
export const weekday = (day) => format({ timeZone: "UTC", weekday: "long" }, locale).format(new Date(`${day}T12:00Z`))

/** The name of a day of the week. @param {number} number ISO: 1 is Monday @param {"long" | "short"} [length] */
export const weekdayName = (number, length = "long") =>
  format({ timeZone: "UTC", weekday: length }, locale).format(new Date(Date.UTC(2024, 0, number))) // 2024 began on a Monday

/** "2 hours and 5 minutes", rounded up; never less than a minute. @param {number} seconds */
export function durationWords(seconds) {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  const parts = /** @type {[string, number][]} */ ([["hour", Math.floor(minutes / 60)], ["minute", minutes % 60]])
  return listed(parts.filter(([, count]) => count).map(([unit, count]) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count)))
}

/** "23 November, 20:41". @param {string} instant @param {string} [zone] */
export const instantWords = (instant, zone = hereZone()) =>
  `${dayWords(wall(instant, zone).day)}, ${timeWords(instant, zone)}`
