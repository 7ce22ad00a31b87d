/** A reminder: what its form begins with and becomes, fewer days, a pause. Pure. */
import { addDays } from "../base/time.js"

/**
 * @typedef {object} Reminder
 * @property {string} id
 * @property {string} local_time "20:30"
 * @property {number[]} weekdays 1 is Monday
 * @property {string} zone
 * @property {boolean} skip_if_logged
 * @property {string | null} [wording]
 * @property {string | null} [quiet_from]
 * @property {string | null} [quiet_to]
 * @property {string | null} [paused_until]
 */

export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]
export const LONGEST_WORDING = 120
const FEW = 3
const SILENCE_DAYS = 14
const CAME = ["sent", "accepted", "shown"]

/** What the form begins with. @param {string} zone */
export const proposed = (zone) => ({
  local_time: "20:30",
  weekdays: WEEKDAYS,
  zone,
  skip_if_logged: true,
  wording: null,
  quiet_from: null,
  quiet_to: null,
  paused_until: null,
})

/** @param {any} reminder of any form */
export const isDaily = ({ weekdays }) => Boolean(weekdays)

/** The points after a session that may be pushed. */
export const PUSHED = ["t+4h", "t+24h", "t+72h", "t+7d"]

/** The one reminder of what sessions ask for, among all. @param {any[]} reminders @returns {{id: string, points: string[], next_due_at: string | null, zone: string} | undefined} */
export const pointsOf = (reminders) => reminders.find((one) => one.after_session)

/** The one daily reminder among all. @param {any[]} reminders @returns {Reminder | undefined} */
export const dailyOf = (reminders) => reminders.find(isDaily)

/** The body of PUT /api/reminders/{id}: what may stay empty is sent as null. @param {any} form */
export function bodyOf(form) {
  const both = form.quiet_from && form.quiet_to
  return {
    local_time: form.local_time.slice(0, 5),
    weekdays: form.weekdays,
    zone: form.zone,
    skip_if_logged: form.skip_if_logged,
    wording: form.wording?.trim() || null,
    quiet_from: both ? form.quiet_from.slice(0, 5) : null,
    quiet_to: both ? form.quiet_to.slice(0, 5) : null,
    paused_until: form.paused_until || null,
  }
}

/** The quiet hours of the daily reminder, which whatever else is begun takes over. @param {any} daily */
export const quietOf = (daily) => (daily?.quiet_from ? { quiet_from: daily.quiet_from, quiet_to: daily.quiet_to } : {})

/** The day a pause lasts until, or nothing where none does. @param {{paused_until?: string | null}} reminder @param {string} today */
export const pauseOf = ({ paused_until }, today) => (paused_until && paused_until > today ? paused_until.slice(0, 10) : null)

/** The day after so many whole days of pause. @param {string} today @param {number} days */
export const pausedFor = (today, days) => addDays(today, days)

/** Fewer days a week: three of many, spread; then one; no fewer than that. @param {number[]} weekdays @returns {number[]} */
export function fewer(weekdays) {
  const sorted = weekdays.toSorted()
  if (sorted.length <= FEW) return sorted.slice(0, 1)
  return [0, 1, 2].map((third) => sorted[Math.floor((third * sorted.length) / FEW)])
}

/**
 * Whether what came for two weeks was neither opened nor answered, nor made needless by an entry.
 * @param {{slot: string, due_at: string, status: string, opened_at?: string | null, action?: string | null}[]} deliveries @param {string} now
 */
export function isSilent(deliveries, now) {
  const since = addDays(now.slice(0, 10), -SILENCE_DAYS)
  const daily = deliveries.filter(({ slot, status }) => slot !== "test" && status !== "due")
  const lately = daily.filter(({ due_at }) => due_at >= since)
  const isAnswered = lately.some(({ status, opened_at, action }) => opened_at || action || status === "skipped")
  return lately.some(({ status }) => CAME.includes(status)) && lately.length < daily.length && !isAnswered
}

/** @param {number[]} days @param {number} day */
export const turned = (days, day) => (days.includes(day) ? days.filter((one) => one !== day) : [...days, day].toSorted())
