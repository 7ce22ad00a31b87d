/** Exposure and the watch on what long, frequent exposure can touch: how much there was, when to look, what calls for the card. Pure. */
import { daysBetween } from "../../base/time.js"

/** What is asked, in the order of the form, by how it is answered. */
export const SEVERITIES = /** @type {const} */ (["none", "mild", "moderate", "severe"])
export const BODY = /** @type {const} */ (["urgency", "frequency", "night_time", "pain", "flank_pain"])
export const MIND = /** @type {const} */ (["memory", "finding_words", "concentration"])
export const YES_NO = /** @type {const} */ (["blood", "cannot_pass_urine"])
/** From so many sessions in 60 days on it is looked at more often (CLINICAL.md, section 3). */
const MANY = 6
const OFTEN_DAYS = 14
const MONTH_DAYS = 30
const WEEK_DAYS = 7
/** Asked by itself, once a week, where somebody chose so (CLINICAL.md, section 3). */
export const WEEKLY = "little_sleep_much_energy"
/** Under this name the device notes that it is wanted, and on which day somebody would rather not. */
export const WEEKLY_NOTE = "weekly-question"
const AROUND = ["occurred_at", "zone", "audience", WEEKLY]

/** @typedef {{day: string, route?: string}} Session that took place, and its local day */
/** @typedef {{sessions: number, last_30_days: number, last_60_days: number, routes: [string, number][]}} Exposure */

/** Sessions so far, and in the days up to today as the contract counts them; the ways they were given, the most frequent first. @param {Session[]} sessions @param {string} today @returns {Exposure} */
export function exposureOf(sessions, today) {
  const past = sessions.filter(({ day }) => day <= today)
  const within = (/** @type {number} */ days) => past.filter(({ day }) => daysBetween(day, today) < days).length
  /** @type {Map<string, number>} */
  const routes = new Map()
  for (const { route = "" } of past) routes.set(route, (routes.get(route) ?? 0) + 1)
  return {
    sessions: past.length,
    last_30_days: within(MONTH_DAYS),
    last_60_days: within(2 * MONTH_DAYS),
    routes: [...routes].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  }
}

/** How often it is looked at, in days; never where there was no session. @param {Exposure} exposure @returns {number | null} */
export const everyDays = ({ sessions, last_60_days }) => (!sessions ? null : last_60_days >= MANY ? OFTEN_DAYS : MONTH_DAYS)

/** Whether it is time to look. @param {Exposure} exposure @param {string | undefined} lastDay of a watch @param {string} today */
export const isDue = (exposure, lastDay, today) => {
  const every = everyDays(exposure)
  return every !== null && (!lastDay || daysBetween(lastDay, today) >= every)
}

/**
 * Whether to say so unasked: as long after the last look, the first session or the last "not now" as a look is from the next.
 * @param {Exposure} exposure @param {string[]} days of all these @param {string} today
 */
export const isDueAgain = (exposure, days, today) => isDue(exposure, days.toSorted().at(-1), today)

/** Whether a record is a look: more was answered than the weekly question. @param {Record<string, any>} values */
export const isLook = (values) => Object.keys(values).some((name) => !AROUND.includes(name))

/** Whether the weekly question is due: so many days after it was answered or put off last. @param {string[]} days of both @param {string} today */
export const isWeeklyDue = (days, today) => days.every((day) => daysBetween(day, today) >= WEEK_DAYS)

/** What was answered in the form, as it is kept; what was not is left out. @param {Record<string, string>} fields @returns {Record<string, any>} */
export function answersOf(fields) {
  const told = Object.fromEntries([...BODY, ...MIND].filter((name) => fields[name]).map((name) => [name, fields[name]]))
  const said = Object.fromEntries([...YES_NO, "doses_outside_plan"].filter((name) => fields[name]).map((name) => [name, fields[name] === "yes"]))
  return { ...told, ...said, ...(fields.craving ? { craving: Number(fields.craving) } : {}) }
}

/** Whether an answer is one that needs somebody now (CLINICAL.md, section 5). @param {Record<string, any>} values */
export const needsCard = ({ blood, cannot_pass_urine, pain, flank_pain }) =>
  Boolean(blood || cannot_pass_urine || pain === "severe" || flank_pain === "severe")
