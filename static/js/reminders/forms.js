/** When a questionnaire that somebody wants to be reminded of comes round, by the phone's own clock: the server's rule. Pure. */
import { addDays, daysBetween, hoursBetween, instantOf } from "../base/time.js"
import { outOfQuietHours, pauseEnd, turnOf } from "./occurrence.js"

/** A turn that is older is not asked about any more. */
const OPEN_H = 96
const AFTER_DOSE_H = 72

/** @typedef {import("./occurrence.js").Due} Due */
/** @typedef {import("./occurrence.js").Known} Known */
/** @typedef {{id: string, instrument: string, every_days: number, begun_on: string, local_time: string, zone: string, wording?: string | null, quiet_from?: string | null, quiet_to?: string | null, paused_until?: string | null}} FormReminder */

/** @param {any} reminder of any form */
export const isOfForm = ({ instrument }) => Boolean(instrument)

/**
 * The turn that has come by `now` and is still open; undefined in a pause, and for one that came within it.
 * @param {FormReminder} reminder @param {string | undefined} answeredOn the day on which it was last filled in
 * @param {string[]} doses the starts of sessions after which it has to wait; none where it need not @param {string} now
 * @returns {{day: string, due_at: string} | undefined}
 */
export function turnAt(reminder, answeredOn, doses, now) {
  const { zone, every_days, begun_on } = reminder
  const counted = answeredOn ? addDays(answeredOn, every_days) : begun_on
  const first = counted > begun_on ? counted : begun_on
  const [shift, time] = outOfQuietHours(reminder)
  const wallOf = (/** @type {string} */ day) => instantOf(`${addDays(day, shift)}T${time}`, zone)
  const isHeld = (/** @type {string} */ at) => doses.some((dose) => dose <= at && hoursBetween(dose, at) < AFTER_DOSE_H)
  for (let turn = Math.floor(daysBetween(first, addDays(now.slice(0, 10), 2)) / every_days); turn >= 0; turn--) {
    const day = addDays(first, turn * every_days)
    let dueDay = day
    while (isHeld(wallOf(dueDay))) dueDay = addDays(dueDay, 1)
    const due_at = wallOf(dueDay)
    if (due_at > now) continue
    const isOpen = hoursBetween(due_at, now) < OPEN_H && due_at < wallOf(addDays(day, every_days))
    return isOpen && due_at >= pauseEnd(reminder) ? { day, due_at } : undefined
  }
}

/**
 * The questionnaires that are due at `now`: what the server last said was, and what came since by its reminders, as far as
 * the phone itself finds them open.
 * @param {Known} known @param {string} now @param {(reminder: FormReminder) => {day: string, due_at: string} | undefined} openTurn
 * @returns {Due[]}
 */
export const formsDue = ({ at, due, reminders, not_now }, now, openTurn) =>
  reminders.filter(isOfForm).flatMap((reminder) => {
    const turn = openTurn(reminder)
    const told = due.find(({ reminder_id, day }) => reminder_id === reminder.id && day === turn?.day)
    if (!turn || (!told && turn.due_at <= at)) return []
    const found = { ...told, ...turn, reminder_id: reminder.id, instrument: reminder.instrument }
    return not_now.includes(turnOf(found)) ? [] : [found]
  })
