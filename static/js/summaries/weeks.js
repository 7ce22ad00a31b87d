/** Better days after a series of sessions, measured from the start, as the contract's "Looking back" defines them. Pure; it says nothing about why. */
import { addDays, daysBetween } from "../base/time.js"
import { firstSession, latestCourse } from "../records/told.js"

const SERIES_GAP = 7
const START_WINDOW = 21
const START_DAYS = 4
const BETTER_BY = 2
const HIGHEST_START = 8
const WEEK = 7
const WEEKS = 4
const TOO_FEW = 3
export const DAYS = WEEK * WEEKS
/** Means of whole numbers differ by far more; without it 10/3 + 2 is above 16/3. */
const HAIR = 1e-9

/** @typedef {{id: string, day: string}} Dated a session and its local day */
/** @typedef {import("../records/told.js").Course} Course */
/** @typedef {{week: number, better: number | null, of: number, reading: "counted" | "too_few" | "no_room" | "no_start"}} Week */
/** @typedef {{weeks: Week[], last_better_on: string | null}} BetterDays */

/**
 * The median mood of the 21 days before the first session of the latest course, from at least four of them; else what its person
 * recalled. Not rounded.
 * @param {(Dated & {course_id?: string})[]} sessions oldest first @param {Map<string, number>} moods @param {string} last the period's last day
 * @param {Course[]} [courses] @returns {{mood: number | null, days: number, source: "measured" | "recalled" | "none"}}
 */
export function startOf(sessions, moods, last, courses = []) {
  const first = firstSession(sessions, courses, last)?.day
  const within = first ? [...moods].filter(([day]) => day >= addDays(first, -START_WINDOW) && day < first).map(([, mood]) => mood) : []
  if (within.length >= START_DAYS) return { mood: median(within), days: within.length, source: "measured" }
  const recalled = latestCourse(courses, last)?.start_recalled ?? null
  return { mood: recalled, days: within.length, source: recalled === null ? "none" : "recalled" }
}

/**
 * The weeks after each session; null where the next one belongs to the same series.
 * @param {Dated[]} sessions oldest first @param {number | null} start @param {Map<string, number>} moods without what was remembered later
 * @param {string} last @returns {(BetterDays | null)[]}
 */
export const betterDays = (sessions, start, moods, last) =>
  sessions.map(({ day }, i) => {
    const next = sessions[i + 1]?.day
    return next && daysBetween(day, next) <= SERIES_GAP ? null : weeksAfter(day, endOf(day, next, last), start, moods)
  })

/** Whether in all that could be counted no day was better. @param {Week[]} weeks */
export const isNoneBetter = (weeks) => {
  const counted = weeks.filter(({ reading }) => reading === "counted")
  return counted.length > 0 && counted.every(({ better }) => better === 0)
}

/** @param {string} day @param {string | undefined} next @param {string} last */
const endOf = (day, next, last) => [last, addDays(day, DAYS), ...(next ? [addDays(next, -1)] : [])].toSorted()[0]

/** @param {string} day @param {string} end @param {number | null} start @param {Map<string, number>} moods @returns {BetterDays} */
function weeksAfter(day, end, start, moods) {
  /** @type {string[]} */
  const betterOn = []
  const weeks = [1, 2, 3, 4].flatMap((week) => {
    const days = daysOf(day, WEEK * (week - 1) + 1, WEEK * week, end)
    if (!days.length) return []
    const told = days.filter((each) => moods.has(each))
    const better = told.filter((each) => start !== null && /** @type {number} */ (moods.get(each)) + HAIR >= start + BETTER_BY)
    betterOn.push(...better)
    return [{ week, better: start === null ? null : better.length, of: told.length, reading: readingOf(told.length, start) }]
  })
  return { weeks, last_better_on: betterOn.at(-1) ?? null }
}

/** The days from one number of days after `day` to another, as far as `end`. @param {string} day @param {number} from @param {number} to @param {string} end */
const daysOf = (day, from, to, end) =>
  Array.from({ length: to - from + 1 }, (_, i) => addDays(day, from + i)).filter((each) => each <= end)

/** @param {number} of @param {number | null} start @returns {Week["reading"]} */
function readingOf(of, start) {
  if (of < TOO_FEW) return "too_few"
  if (start === null) return "no_start"
  return start > HIGHEST_START + HAIR ? "no_room" : "counted"
}

/** @param {number[]} values at least one */
function median(values) {
  const ordered = values.toSorted((a, b) => a - b)
  const middle = ordered.length >> 1
  return ordered.length % 2 ? ordered[middle] : (ordered[middle - 1] + ordered[middle]) / 2
}
