/** Reading hours in words. Pure. */
import { dayWords } from "../base/time-words.js"

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

/** "Monday to Friday", "Monday, Wednesday"; ISO weekdays, 1 is Monday. @param {number[]} weekdays */
export function weekdaysInWords(weekdays) {
  const sorted = weekdays.toSorted((a, b) => a - b)
  if (sorted.length === 7) return "every day"
  if (sorted.join("") === "12345") return "weekdays"
  const run = sorted.length > 2 && sorted.every((day, i) => i === 0 || day === sorted[i - 1] + 1)
  const names = sorted.map((day) => DAYS[day - 1])
  return run ? `${names[0]} to ${names.at(-1)}` : names.join(", ")
}

/** "9" for "09:00", "9:30" for "09:30". @param {string} time */
const short = (time) => time.slice(0, 5).replace(/^0/, "").replace(/:00$/, "")

/** "Read on weekdays 9 to 17." with absences still to come. @param {any} hours @param {string} [today] */
export function hoursInWords(hours, today = "") {
  const away = (hours.away ?? []).filter((/** @type {any} */ one) => !today || one.to >= today)
  const absent = away.length ? ` Away ${away.map((/** @type {any} */ one) => `${dayWords(one.from)} to ${dayWords(one.to)}`).join(", ")}.` : ""
  return `Read on ${weekdaysInWords(hours.weekdays)} ${short(hours.from)} to ${short(hours.to)}.${absent}`
}
