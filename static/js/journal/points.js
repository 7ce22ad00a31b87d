/** What a treatment session asks for in the hours and days around it, and when (CLINICAL.md, section 3). Pure. */
import { hoursBetween } from "../base/time.js"

/** The windows after the start, in hours: from, and up to. */
const AFTER = /** @type {const} */ ([["t+2h", 1, 3.5], ["t+4h", 3.5, 8], ["t+24h", 18, 32], ["t+72h", 60, 84], ["t+7d", 144, 192]])
const BEFORE = /** @type {const} */ (["before", -24, 0])
/** Two points closer than this are one. */
const APART_H = 3
const CALM_H = 8
/** So long a planned session that its hour has passed is still asked about. */
const ASKED_ABOUT_H = 24

/** @typedef {{id: string} & Record<string, any>} Session the values of a treatment session, with its id */
/** @typedef {Record<string, any>} Entry the values of a check-in */
/** @typedef {{session_id: string, point: string}} Point */

/** Whether a dose was given by `at`. @param {Session} session @param {string} at */
export const tookPlace = ({ status = "happened", starts_at }, at) => (status === "happened" || status === "stopped_early") && starts_at <= at

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
  const after = latestFirst.filter((session) => tookPlace(session, at)).flatMap((session) => AFTER.flatMap((window) => open(session, window)))
  return after[0] ?? latestFirst.flatMap((session) => open(session, BEFORE))[0] ?? null
}

/** Whether a dose was given so shortly before that the form is to be short and quiet. @param {Session[]} sessions @param {string} now */
export const isCalm = (sessions, now) => sessions.some((session) => tookPlace(session, now) && hoursBetween(session.starts_at, now) < CALM_H)

/** Whether it is the day or the night of a session, which has a page of its own. @param {Session[]} sessions @param {string} now */
export const isTonight = (sessions, now) => sessions.some((session) => tookPlace(session, now) && hoursBetween(session.starts_at, now) < ASKED_ABOUT_H)

/** The planned session that is due within a day, or whose hour has passed within one. @param {Session[]} sessions @param {string} now */
export const plannedNear = (sessions, now) =>
  sessions
    .filter(({ status, starts_at }) => status === "planned" && Math.abs(hoursBetween(starts_at, now)) < ASKED_ABOUT_H)
    .toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))[0] ?? null
