/** What a treatment session asks for in the hours and days around it, and when (CLINICAL.md, section 3). Pure. */
import { daysBetween, hoursBetween, localDay } from "../base/time.js"
import { isGiven } from "../records/told.js"

/** The windows after the start, in hours: from, and up to. */
const AFTER = /** @type {const} */ ([["t+2h", 1, 3.5], ["t+4h", 3.5, 8], ["t+24h", 18, 32], ["t+72h", 60, 84], ["t+7d", 144, 192]])
const BEFORE = /** @type {const} */ (["before", -24, 0])
/** Two points closer than this are one. */
const APART_H = 3
const CALM_H = 8
/** So long a planned session that its hour has passed is still asked about. */
const ASKED_ABOUT_H = 24
const LAST_COUNTED_DAY = 7

/** @typedef {{id: string} & Record<string, any>} Session the values of a treatment session, with its id */
/** @typedef {Record<string, any>} Entry the values of a check-in */
/** @typedef {{session_id: string, point: string}} Point */

/** @param {Session} session @param {string} at */
const isGivenBy = (session, at) => isGiven(session) && session.starts_at <= at

/**
 * The point that an entry felt at `at` answers, if one is open: of the latest session first. Where windows of several sessions lie
 * over each other, one answer counts for all of them; and less than three hours after one answer nothing is asked again.
 * @param {Session[]} sessions @param {Entry[]} entries those that answer a point say which @param {string} at @returns {Point | null}
 */
export function pointAt(sessions, entries, at) {
  const answers = entries.filter(({ point }) => point).map(({ occurred_at }) => occurred_at)
  if (answers.some((answer) => answer <= at && hoursBetween(answer, at) < APART_H)) return null
  const latestFirst = sessions.filter(({ status }) => status !== "cancelled").toSorted((a, b) => (a.starts_at < b.starts_at ? 1 : -1))
  const open = (/** @type {Session} */ { id, starts_at }, /** @type {readonly [string, number, number]} */ [point, from, to]) => {
    const isWithin = (/** @type {string} */ instant) => hoursBetween(starts_at, instant) >= from && hoursBetween(starts_at, instant) < to
    return isWithin(at) && !answers.some(isWithin) ? [{ session_id: id, point }] : []
  }
  const after = latestFirst.filter((session) => isGivenBy(session, at)).flatMap((session) => AFTER.flatMap((window) => open(session, window)))
  return after[0] ?? latestFirst.flatMap((session) => open(session, BEFORE))[0] ?? null
}

/** Whether a dose was given so shortly before that the form is to be short and quiet. @param {Session[]} sessions @param {string} now */
export const isCalm = (sessions, now) => sessions.some((session) => isGivenBy(session, now) && hoursBetween(session.starts_at, now) < CALM_H)

/** Whether it is the day or the night of a session, which has a page of its own. @param {Session[]} sessions @param {string} now */
export const isTonight = (sessions, now) => sessions.some((session) => isGivenBy(session, now) && hoursBetween(session.starts_at, now) < ASKED_ABOUT_H)

/** The planned session that comes next, or one whose hour has passed within a day. @param {Session[]} sessions @param {string} now */
export const plannedNext = (sessions, now) =>
  sessions
    .filter(({ status, starts_at }) => status === "planned" && hoursBetween(starts_at, now) < ASKED_ABOUT_H)
    .toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))[0] ?? null

/**
 * The whole days since the last dose, up to a week; null otherwise.
 * @param {Session[]} sessions @param {string} now @param {string} zone @param {string} [startsAt]
 */
export function daysSinceSession(sessions, now, zone, startsAt) {
  const began = sessions.filter((session) => isGivenBy(session, now)).map(({ starts_at }) => starts_at).toSorted().at(-1)
  if (!began) return null
  const days = daysBetween(localDay(began, zone, startsAt), localDay(now, zone, startsAt))
  return days <= LAST_COUNTED_DAY ? days : null
}
