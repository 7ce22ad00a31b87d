/** Reading hours in words. Pure. */
import { listed } from "../base/language.js"
import { spanWords } from "../base/day-words.js"
import { weekdayName } from "../base/time-words.js"
import { words } from "./reader-words.js"

/** "on Monday to Friday", "on Monday, Wednesday"; ISO weekdays, 1 is Monday. @param {number[]} weekdays */
export function weekdaysInWords(weekdays) {
  const said = words.hours
  const sorted = weekdays.toSorted((a, b) => a - b)
  if (sorted.length === 7) return said.every_day
  if (sorted.join("") === "12345") return said.weekdays
  const isRun = sorted.length > 2 && sorted.every((day, i) => i === 0 || day === sorted[i - 1] + 1)
  const names = sorted.map((day) => weekdayName(day))
  return isRun ? said.run(names[0], names[names.length - 1]) : said.some(names)
}

/** "9" for "09:00", "9:30" for "09:30". @param {string} time */
const short = (time) => time.slice(0, 5).replace(/^0/, "").replace(/:00$/, "")

/** "Read on weekdays 9 to 17." with absences still to come. @param {any} hours @param {string} [today] */
export function hoursInWords(hours, today = "") {
  const away = (hours.away ?? []).filter((/** @type {any} */ one) => !today || one.to >= today)
  const spans = away.map((/** @type {any} */ one) => spanWords(one.from, one.to))
  return words.hours.read(weekdaysInWords(hours.weekdays), short(hours.from), short(hours.to)) + (spans.length ? words.hours.away_on(listed(spans)) : "")
}
