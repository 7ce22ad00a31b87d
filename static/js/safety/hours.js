/** When somebody reads next, by their reading hours. Pure. */
import { addDays, instantOf, wall } from "../base/time.js"

const FARTHEST_DAYS = 400

/**
 * The hours that run at `now`, or the next ones that do not lie in an absence; null where there are none for a year.
 * @param {any} hours as the contract has them @param {string} now @returns {{from: string, to: string, isNow: boolean} | null}
 */
export function readsNext(hours, now) {
  const first = wall(now, hours.zone).day
  for (let count = 0; count < FARTHEST_DAYS; count += 1) {
    const day = addDays(first, count)
    const number = new Date(`${day}T12:00Z`).getUTCDay() || 7
    const isAway = (hours.away ?? []).some((/** @type {any} */ one) => one.from <= day && day <= one.to)
    if (!hours.weekdays.includes(number) || isAway) continue
    const [from, to] = [hours.from, hours.to].map((time) => new Date(instantOf(`${day}T${time.slice(0, 5)}`, hours.zone)).toISOString())
    if (to > now) return { from, to, isNow: from <= now }
  }
  return null
}
