/** A course: which one runs, which sessions are its own, where the first series stands, whether its start is still to be asked for. Pure. */
import { addDays } from "../../base/time.js"
import { isGiven, isOf, latestCourse } from "../../records/told.js"

export const TREATED = /** @type {const} */ (["depression", "ptsd", "generalised_anxiety", "social_anxiety", "panic", "pain", "other"])
/** As the contract measures a start. */
const START_WINDOW = 21
const START_DAYS = 4

/** @typedef {import("../../records/told.js").Course} Course */
/** @typedef {{id: string, day: string, course_id?: string, phase?: string, status?: string}} Session its values, and its local day */

/** The course that runs on a day: begun, and not ended before it. @param {Course[]} courses @param {string} today @returns {Course | undefined} */
export function running(courses, today) {
  const latest = latestCourse(courses, today)
  return latest && !latest.ended_on ? latest : undefined
}

/**
 * Where a course stands: how many of its sessions took place, and, of its first series, how many of those noted.
 * @param {Session[]} sessions of any status @param {Course} course @param {Course[]} courses
 */
export function standing(sessions, course, courses) {
  const mine = sessions.filter((one) => one.status !== "cancelled" && isOf(one, course, courses))
  const given = mine.filter(isGiven)
  const inPhase = (/** @type {Session[]} */ those, /** @type {string} */ phase) => those.filter((one) => one.phase === phase).length
  return { given: given.length, induction: inPhase(given, "induction"), noted: inPhase(mine, "induction"), maintenance: inPhase(given, "maintenance") }
}

/**
 * Whether the mood before a course is still to be asked for: its first session took place, too few days before it have a mood, and
 * nobody was asked yet.
 * @param {Session[]} sessions that took place, oldest first @param {Course} course @param {Course[]} courses @param {Map<string, number>} moods
 */
export function asksStart(sessions, course, courses, moods) {
  const first = sessions.find((one) => isOf(one, course, courses))?.day
  if (!first || course.start_recalled !== undefined) return false
  return [...moods.keys()].filter((day) => day >= addDays(first, -START_WINDOW) && day < first).length < START_DAYS
}
