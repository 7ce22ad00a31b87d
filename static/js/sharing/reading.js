/** What a summary says, in words and rows. Pure: a summary in, text out. */
import { addDays, daysBetween, hereZone, localDay, wall } from "../base/time.js"
import { dayWords, instantWords, spanWords } from "../base/time-words.js"
import { counted } from "./rules.js"

const SPANS_NAMED = 6
const SERIES_GAP_DAYS = 7
const NUMERALS = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

/** The choices of a period: its name and its length in days; null is all there is. @type {[string, string, number | null][]} */
export const PERIODS = [["30", "30 days", 30], ["90", "90 days", 90], ["all", "All", null]]

/** How far back "All" asks: longer than anybody has kept this diary, short enough for the server. */
export const ALL_DAYS = 3650

/** The query of a summary. @param {string} choice of PERIODS @param {string} today */
export function periodQuery(choice, today) {
  const days = PERIODS.find(([key]) => key === choice)?.[2] ?? ALL_DAYS
  return `from=${addDays(today, 1 - days)}&to=${today}`
}

/** The day a session is counted to. @param {{starts_at: string, day?: string, zone?: string}} session */
export const sessionDay = (session) => session.day ?? localDay(session.starts_at, session.zone ?? hereZone())

/**
 * The days that are drawn: the period, but not from before the first thing in it when everything was asked for.
 * @param {any} summary @param {string} choice
 */
export function drawn(summary, choice) {
  const { from, to } = summary.period
  if (choice !== "all") return { from, to }
  const days = [...summary.daily.map((/** @type {any} */ entry) => entry.day), ...(summary.sessions ?? []).map(sessionDay)]
  const first = days.toSorted()[0] ?? to
  return { from: first > from ? first : from, to }
}

/**
 * Runs of days without an entry, oldest first. The last day is left out while it can still be written.
 * @param {{day: string}[]} daily @param {string} from @param {string} to @param {string} today
 */
export function gaps(daily, from, to, today) {
  const written = new Set(daily.map((entry) => entry.day))
  /** @type {{from: string, to: string}[]} */
  const found = []
  for (let day = from; day <= to && day < today; day = addDays(day, 1)) {
    const last = found.at(-1)
    if (written.has(day)) continue
    if (last && addDays(last.to, 1) === day) last.to = day
    else found.push({ from: day, to: day })
  }
  return found
}

/** "No entries 23 to 27 October, 3 November." The longest are named where there are many. @param {{from: string, to: string}[]} runs */
export function gapsInWords(runs) {
  if (!runs.length) return "An entry on every day of this period."
  const longest = runs.toSorted((a, b) => daysBetween(b.from, b.to) - daysBetween(a.from, a.to)).slice(0, SPANS_NAMED)
  const named = runs.filter((run) => longest.includes(run)).map((run) => shortSpan(run.from, run.to))
  return `No entries ${named.join(", ")}${runs.length > longest.length ? " and on some other days" : ""}.`
}

/** "23 to 27 October", "23 and 24 October" within a month, else both months. @param {string} from @param {string} to */
export function shortSpan(from, to) {
  if (from === to || from.slice(0, 7) !== to.slice(0, 7)) return spanWords(from, to)
  const words = dayWords(to)
  return /^\d/.test(words) ? `${Number(from.slice(8))} ${addDays(from, 1) === to ? "and" : "to"} ${words}` : spanWords(from, to)
}

/**
 * A row for each session or series that has better days: "series of six, to 14 Oct" and a cell for each of four weeks.
 * @param {any[]} sessions of a summary
 * @returns {{id: string, after: string, weeks: string[]}[]}
 */
export function betterRows(sessions) {
  const ordered = sessions.toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))
  let length = 0
  let before = ""
  const rows = []
  for (const session of ordered) {
    const day = sessionDay(session)
    length = before && daysBetween(before, day) <= SERIES_GAP_DAYS ? length + 1 : 1
    before = day
    if (!session.better_days) continue
    const after = length === 1 ? dayWords(day, { short: true }) : `series of ${NUMERALS[length] ?? length}, to ${dayWords(day, { short: true })}`
    rows.push({ id: session.id, after, weeks: [1, 2, 3, 4].map((week) => weekCell(session.better_days.weeks, week)) })
  }
  return rows
}

/** @param {any[]} weeks @param {number} number */
function weekCell(weeks, number) {
  const week = weeks.find((/** @type {any} */ one) => one.week === number)
  if (!week) return "–"
  if (week.reading === "counted") return `${week.better} of ${week.of}`
  return week.reading === "too_few" ? "too few" : "–"
}

/** "51 check-ins on 26 of 30 days." @param {any} checkIns of a summary @param {string} from @param {string} to the days drawn */
export function entriesInWords(checkIns, from, to) {
  if (!checkIns) return ""
  return `${counted(checkIns.count, "check-in")} on ${checkIns.days_with_entry} of ${counted(daysBetween(from, to) + 1, "day")}.`
}

/** "Sessions: 28 Sep, 1 Oct." @param {any[]} sessions */
export const sessionsInWords = (sessions) =>
  `Sessions: ${[...new Set(sessions.map(sessionDay))].toSorted().map((day) => dayWords(day, { short: true })).join(", ")}.`

/** What "better" was counted from, or why nothing was. @param {any} start */
export function startInWords(start) {
  if (!start || start.mood === null || start.source === "none") {
    return "Not counted: there is no start to count from (four days with a mood in the three weeks before the first session)."
  }
  const from = start.source === "measured" ? `the median of ${counted(start.days, "day")} before the first session` : "as remembered"
  const room = start.mood > 8 ? " There is no room above it, so nothing is counted." : ""
  return `Days with a mood at least 2 above the start (${figure(start.mood)}, ${from}). It says nothing about why.${room}`
}

/** One decimal at most. @param {number | null | undefined} value */
export const figure = (value) => (typeof value === "number" ? String(Math.round(value * 10) / 10) : "–")

/** Rows of the table of scales: word, middle, range, number of entries. @param {any} scales */
export function scaleRows(scales) {
  return [["mood", "mood"], ["anxiety", "anxiety"], ["dissociation", "detached"]]
    .filter(([key]) => scales?.[key])
    .map(([key, word]) => ({ word, n: scales[key].n, median: figure(scales[key].median), range: `${figure(scales[key].min)} to ${figure(scales[key].max)}` }))
}

/** "Detached within 24 hours after a session: median 4, highest 8 (8 entries)." @param {any} apart of a summary's `dissociation` */
export function dissociationInWords(apart) {
  const near = apart?.within_24h?.n ? [`Detached within 24 hours after a session: median ${figure(apart.within_24h.median)}, highest ${figure(apart.within_24h.highest)} (${counted(apart.within_24h.n, "entry", "entries")}).`] : []
  const later = apart?.later
  const told = later?.n ? [later.distressing && `distressing in ${counted(later.distressing, "entry", "entries")}`, later.memory_gap_days && `gaps in memory on ${counted(later.memory_gap_days, "day")}`].filter(Boolean) : []
  return [...near, ...(told.length ? [`Detached at other times: ${told.join(", ")}.`] : [])].join(" ")
}

/** "urinary urgency". @param {string} key */
export const plain = (key) => key.replaceAll("_", " ")

/** "Last entry 23 November · consent until 1 February". The last entry is known under the scope `scales` alone. @param {any} person */
export function personInWords(person) {
  const last = person.last_entry_on ? `Last entry ${dayWords(person.last_entry_on)}` : person.scopes.includes("scales") && "No entry yet"
  const meeting = person.next_meeting && `next meeting ${instantWords(person.next_meeting.starts_at ?? person.next_meeting)}`
  const until = `consent until ${dayWords(wall(person.expires_at, hereZone()).day)}`
  return sentence([last, meeting, until].filter(Boolean).join(" · "))
}

/** @param {string} text */
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1)
