/** What records tell any page: which sessions took place, and the person's own words around them. Pure. */
import { hoursBetween } from "../base/time.js"

const REMEMBERED_AFTER_H = 6
/** A clock may be wrong by so much; the server allows as much. */
const AHEAD_H = 24
const MOST_HELPS = 5
const MOST_WORDS = 6

/** @typedef {{id: string, record: {recorded_at: string, values: Record<string, any>}}} Row as the store answers it */
/** @typedef {{id: string, starts_at: string, zone: string, [field: string]: any}} Session the values of a session, and its id */

/** Whether a session is one with a dose, from its beginning on: it happened (or nothing is said) or was stopped early. @param {Record<string, any>} values */
export const isGiven = ({ status }) => !status || status === "happened" || status === "stopped_early"

/** Sessions that took place, oldest first. @param {Row[]} rows @param {string} now @returns {Session[]} */
export const tookPlace = (rows, now) =>
  rows
    .map(({ id, record }) => /** @type {Session} */ ({ ...record.values, id }))
    .filter((session) => isGiven(session) && hoursBetween(now, session.starts_at) <= AHEAD_H)
    .toSorted((a, b) => (a.starts_at + a.id < b.starts_at + b.id ? -1 : 1))

/** The session that began last. @param {Row[]} rows treatment sessions @param {string} now */
export const latestSession = (rows, now) => tookPlace(rows, now).findLast(({ starts_at }) => starts_at <= now)

/** @typedef {{id: string, started_on: string, ended_on?: string, start_recalled?: number, treated_for?: string[], reason?: string}} Course the values of a course, and its id */

/** @param {Row[]} rows courses @returns {Course[]} */
export const coursesOf = (rows) => rows.map(({ id, record }) => /** @type {Course} */ ({ ...record.values, id }))

/** The course begun last by a day. @param {Course[]} courses @param {string} day @returns {Course | undefined} */
export const latestCourse = (courses, day) =>
  courses.filter(({ started_on }) => started_on <= day).toSorted((a, b) => (a.started_on + a.id < b.started_on + b.id ? 1 : -1))[0]

/**
 * Whether a session belongs to the latest course: it names it, or it names none that is known and took place since it began.
 * @param {{day: string, course_id?: string}} session @param {Course} course @param {Course[]} courses
 */
export const isOf = ({ day, course_id }, course, courses) =>
  courses.some(({ id }) => id === course_id) ? course_id === course.id : day >= course.started_on

/**
 * The session that what came after is measured from: the first of the latest course begun by a day, or of all where no course is noted.
 * @template {{day: string, course_id?: string}} T @param {T[]} sessions oldest first @param {Course[]} courses @param {string} last @returns {T | undefined}
 */
export function firstSession(sessions, courses, last) {
  const course = latestCourse(courses, last)
  const [first] = course ? sessions.filter((session) => isOf(session, course, courses)) : sessions
  return first && first.day <= last ? first : undefined
}

/** Typed more than six hours after it was felt. @param {Row["record"]} record */
export const isRememberedLater = ({ recorded_at, values }) => hoursBetween(values.occurred_at, recorded_at) > REMEMBERED_AFTER_H

/**
 * What brings the person back, one and the same on every page: what their safety plan says, then what helped before; nothing twice.
 * @param {string[]} planned @param {Row[]} entries check-ins
 */
export function whatBringsBack(planned, entries) {
  const known = new Set(planned.map((text) => text.trim().toLowerCase()))
  return [...planned, ...whatHelped(entries).filter((text) => !known.has(text.toLowerCase()))].slice(0, MOST_WORDS)
}

/** What brought the person back before, in their own words: each once, the newest first. @param {Row[]} entries check-ins @returns {string[]} */
export function whatHelped(entries) {
  const told = entries.toSorted((a, b) => (a.record.values.occurred_at < b.record.values.occurred_at ? 1 : -1))
    .map(({ record }) => record.values.what_helped?.trim()).filter(Boolean)
  return [...new Set(told)].slice(0, MOST_HELPS)
}
