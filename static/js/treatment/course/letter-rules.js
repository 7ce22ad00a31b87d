/** What a course's letter says, from the same figures as Trends: the contract's summary from its first day to its last. Pure. */
import { readingOf, sinceBaseline, toldOf } from "../../measures/scores.js"
import { counted } from "../../records/rules.js"
import { isOf } from "../../records/told.js"
import { dailyOf, moodsOf, writtenThen } from "../../summaries/rules.js"
import { betterDays, startOf } from "../../summaries/weeks.js"
import { addDays, daysBetween, localDay } from "../../base/time.js"

/** @typedef {import("../../records/told.js").Course} Course */
/** @typedef {import("../../records/told.js").Row} Row */
/** @typedef {import("../../records/told.js").Session} Session */
/** @typedef {import("../../summaries/weeks.js").Week} Week */
/** @typedef {{instrument: string, title: string, from: import("../../measures/scores.js").Told, to: import("../../measures/scores.js").Told, reading: string | null}} Form */

/**
 * @param {object} told
 * @param {Course} told.course that has a last day
 * @param {Course[]} told.courses
 * @param {Session[]} told.sessions that took place, oldest first
 * @param {Row[]} told.entries check-ins
 * @param {Row[]} told.responses
 * @param {import("../../measures/instruments.js").Instrument[]} told.instruments
 * @param {string} [told.startsAt] when a day turns
 */
export function letterOf({ course, courses, sessions, entries, responses, instruments, startsAt }) {
  const [from, to] = [course.started_on, course.ended_on ?? course.started_on]
  const isWithin = (/** @type {string} */ day) => day >= from && day <= to
  const dated = sessions.map(({ id, starts_at, zone, course_id, route }) => ({ id, course_id, route, starts_at, day: localDay(starts_at, zone, startsAt) }))
  const start = startOf(dated, moodsOf(entries, sessions, startsAt), to, courses)
  const weeks = betterDays(dated, start.mood, moodsOf(writtenThen(entries), sessions, startsAt), to)
  const given = dated.filter(({ day }) => isWithin(day))
  const first = dated.find((session) => session.day <= to && isOf(session, course, courses))
  const complete = responses.map(({ record }) => counted(record)).filter(({ completed_at, zone }) => localDay(completed_at, zone, startsAt) <= to)
  return {
    from,
    to,
    sessions: given.map(({ day, route = "" }) => ({ day, route })),
    written: dailyOf(entries, sessions, startsAt).filter(({ day }) => isWithin(day)).length,
    days: daysBetween(from, addDays(to, 1)),
    start,
    weeks: dated.flatMap(({ day }, i) => (isWithin(day) && weeks[i]?.weeks.length ? [{ day, weeks: /** @type {Week[]} */ (weeks[i]?.weeks) }] : [])),
    forms: instruments.flatMap((instrument) => {
      const moved = sinceBaseline(toldOf(instrument, complete, sessions), first?.starts_at)
      return moved ? [/** @type {Form} */ ({ instrument: instrument.id, title: instrument.title, ...moved, reading: readingOf(instrument, moved.from.total, moved.to.total) })] : []
    }),
  }
}

/** Ways that sessions were given, each with how often, the most frequent first. @param {{route: string}[]} sessions @returns {[string, number][]} */
export function routesOf(sessions) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { route } of sessions) if (route) counts.set(route, (counts.get(route) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}
