/** When a reminder was due last, by the phone's own clock: the server's rule, for when it can't be asked. Pure. */
import { addDays, instantOf, localDay, wall } from "../base/time.js"
import { isDaily } from "./rules.js"

/** An occurrence of one day may be moved to the next, and a zone may leave a day out. */
const DAYS_BACK = 4

/** @typedef {import("./rules.js").Reminder} Reminder */
/** @typedef {{id?: string | null, reminder_id: string, due_at: string, day: string, slot?: string, wording?: string | null, instrument?: string}} Due as GET /api/due answers it; without the delivery's id where the server has not made it yet */
/** @typedef {{at: string, due: Due[], reminders: any[], not_now: string[]}} Known what the server said and when, and what was answered "not now" here */

/**
 * The latest occurrence that was due at `now` or before; undefined within a pause, and for some days without one.
 * @param {Reminder} reminder @param {string} now @returns {{day: string, due_at: string} | undefined}
 */
export function latestOccurrence(reminder, now) {
  const { zone, weekdays } = reminder
  const [shift, time] = outOfQuietHours(reminder)
  const from = pauseEnd(reminder)
  const today = wall(now, zone).day
  for (let back = 0; back <= DAYS_BACK; back++) {
    const day = addDays(today, -back)
    const due_at = instantOf(`${addDays(day, shift)}T${time}`, zone)
    if (weekdays.includes(weekdayOf(day)) && isOnCalendar(day, zone) && due_at <= now) return due_at >= from ? { day, due_at } : undefined
  }
}

/**
 * What is due at `now`: what the server last said was, and what came since by its reminders; of the present day only, and nothing
 * that an entry of that day made needless.
 * @param {Known} known
 * @param {string} now @param {string} startsAt when a day turns
 * @param {(day: string) => boolean} isLogged whether something was written on that day
 * @returns {Due[]}
 */
export function dueNow({ at, due, reminders, not_now }, now, startsAt, isLogged) {
  return reminders.filter(isDaily).flatMap((reminder) => {
    const since = latestOccurrence(reminder, now)
    const found = since && since.due_at > at ? { ...since, reminder_id: reminder.id, wording: reminder.wording } : due.find(({ reminder_id }) => reminder_id === reminder.id)
    if (!found) return []
    const dayOf = (/** @type {string} */ instant) => localDay(instant, reminder.zone, startsAt)
    const isNeedless = dayOf(found.due_at) !== dayOf(now) || isLogged(dayOf(now))
    return isNeedless || not_now.includes(turnOf(found)) ? [] : [found]
  })
}

/** What names an occurrence here and on the server alike. @param {Due} due */
export const turnOf = ({ reminder_id, day }) => `${reminder_id} ${day}`

/** By how many days, and to which wall time, an occurrence moves. @param {{local_time: string, quiet_from?: string | null, quiet_to?: string | null}} reminder @returns {[number, string]} */
export function outOfQuietHours({ local_time, quiet_from, quiet_to }) {
  if (!quiet_from || !quiet_to) return [0, local_time]
  if (quiet_from < quiet_to) return [0, local_time >= quiet_from && local_time < quiet_to ? quiet_to : local_time]
  if (local_time >= quiet_from) return [1, quiet_to]
  return [0, local_time < quiet_to ? quiet_to : local_time]
}

/** The instant from which a paused reminder comes again; empty where it is not paused. @param {{paused_until?: string | null, zone: string}} reminder */
export const pauseEnd = ({ paused_until, zone }) =>
  paused_until ? (paused_until.length === 10 ? instantOf(`${paused_until}T00:00`, zone) : new Date(paused_until).toISOString()) : ""

/** 1 is Monday. @param {string} day */
const weekdayOf = (day) => new Date(`${day}T00:00Z`).getUTCDay() || 7

/** Samoa had no 30 December 2011. @param {string} day @param {string} zone */
const isOnCalendar = (day, zone) => instantOf(`${day}T00:00`, zone) < instantOf(`${addDays(day, 1)}T00:00`, zone)
