/** What a summary says, in words and rows. Pure: a summary in, text out. */
import { listed, number } from "../base/language.js"
import { addDays, daysBetween, hereZone, wall } from "../base/time.js"
import { spanWords } from "../base/day-words.js"
import { dayWords, instantWords } from "../base/time-words.js"
import { words } from "./reader-words.js"
import { gaps, lastOfSeries, sessionDay } from "./reading.js"

const SPANS_NAMED = 6
const HIGHEST_START = 8
const NONE = "–"
const said = words.brief

/** "No entries 23 to 27 October, 3 November." The longest are named where there are many. @param {{from: string, to: string}[]} runs */
function gapsInWords(runs) {
  const longest = runs.toSorted((a, b) => daysBetween(b.from, b.to) - daysBetween(a.from, a.to)).slice(0, SPANS_NAMED)
  const named = runs.filter((run) => longest.includes(run)).map((run) => shortSpan(run.from, run.to))
  return said.gaps(named.join(", "), runs.length > longest.length)
}

/** "23 to 27 October", "23 and 24 October" within a month, else both months. @param {string} from @param {string} to */
export function shortSpan(from, to) {
  const last = dayWords(to)
  // Where the language puts the month first, both are said.
  if (from === to || from.slice(0, 7) !== to.slice(0, 7) || !/^\d/.test(last)) return spanWords(from, to)
  const first = Number(from.slice(8))
  return addDays(from, 1) === to ? said.two_days(first, last) : said.days(first, last)
}

/**
 * A row for each session or series that has better days: "series of six, to 14 Oct" and a cell for each of four weeks.
 * @param {any[]} sessions of a summary
 * @returns {{id: string, after: string, weeks: string[]}[]}
 */
export const betterRows = (sessions) =>
  lastOfSeries(sessions).map(({ session, day, length }) => {
    const on = dayWords(day, { short: true })
    return { id: session.id, after: length === 1 ? on : said.series(length, on), weeks: [1, 2, 3, 4].map((week) => weekCell(session.better_days.weeks, week)) }
  })

/** @param {any[]} weeks @param {number} number */
function weekCell(weeks, number) {
  const week = weeks.find((/** @type {any} */ one) => one.week === number)
  if (week?.reading === "counted") return said.of(week.better, week.of)
  return week?.reading === "too_few" ? said.too_few : NONE
}

/**
 * "51 check-ins on 26 of 30 days. No entries 23 to 27 October." Nothing is missing before the first entry: what lay before the
 * period is not known here. Empty where nothing is missing. @param {any} summary @param {string} from @param {string} to the days drawn @param {string} today
 */
export function missingInWords({ check_ins, daily }, from, to, today) {
  const first = daily.map((/** @type {any} */ one) => one.day).toSorted()[0]
  if (!first || !check_ins) return said.no_check_ins
  const missing = gaps(daily, first, to, today)
  if (!missing.length) return ""
  const counted = said.check_ins(check_ins.count, check_ins.days_with_entry, daysBetween(first, to) + 1, first > from)
  return `${counted} ${gapsInWords(missing)}`
}

/** "Sessions: 28 Sep, 1 Oct." @param {any[]} sessions */
export const sessionsInWords = (sessions) =>
  said.sessions([...new Set(sessions.map(sessionDay))].toSorted().map((day) => dayWords(day, { short: true })).join(", "))

/** What "better" was counted from, or why nothing was. @param {any} start */
export function startInWords(start) {
  if (!start || start.mood === null || start.source === "none") return said.no_start
  const from = start.source === "measured" ? said.measured(start.days) : said.recalled
  return said.counted_from(figure(start.mood), from) + (start.mood > HIGHEST_START ? said.no_room : "")
}

/** One decimal at most. @param {number | null | undefined} value */
export const figure = (value) => (typeof value === "number" ? number(value) : NONE)

/** Rows of the table of scales: word, middle, range, number of entries. @param {any} scales */
export const scaleRows = (scales) =>
  Object.entries(said.scales)
    .filter(([key]) => scales?.[key])
    .map(([key, word]) => {
      const { n, median, min, max } = scales[key]
      return { word, n, median: figure(median), range: said.to(figure(min), figure(max)) }
    })

/** "Detached within 24 hours after a session: median 4, highest 8 (8 entries)." @param {any} apart of a summary's `dissociation` */
export function dissociationInWords(apart) {
  const { within_24h: near, later } = apart ?? {}
  const told = later?.n ? [later.distressing && said.distressing(later.distressing), later.memory_gap_days && said.memory_gaps(later.memory_gap_days)].filter(Boolean) : []
  return [near?.n && said.near(figure(near.median), figure(near.highest), near.n), told.length && said.later(listed(told))].filter(Boolean).join(" ")
}

/** "Last entry 23 November · consent until 1 February". The last entry is known under the scope `scales` alone. @param {any} person */
export function personInWords(person) {
  const { person: one } = words
  const last = person.last_entry_on ? one.last_entry(dayWords(person.last_entry_on)) : person.scopes.includes("scales") && one.no_entry
  const meeting = person.next_meeting && one.next_meeting(instantWords(person.next_meeting.starts_at ?? person.next_meeting))
  const until = one.until(dayWords(wall(person.expires_at, hereZone()).day))
  const line = [last, meeting, until].filter(Boolean).join(" · ")
  return line.charAt(0).toUpperCase() + line.slice(1)
}
