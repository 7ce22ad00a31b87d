/** What a summary holds for its reader: which days, which gaps. Pure: a summary in, values out. */
import { addDays, daysBetween, hereZone, localDay } from "../base/time.js"
import { marksOf } from "../treatment/medicines/rules.js"

/** The choices of a period: its name and its length in days; null is all there is. @type {[string, number | null][]} */
export const PERIODS = [["30", 30], ["90", 90], ["all", null]]

/** How far back "all" asks: longer than anybody has kept this diary, short enough for the server. */
export const ALL_DAYS = 3650
const SERIES_GAP_DAYS = 7

/** The query of a summary, until the patient's own today, which the server knows. @param {string} choice of PERIODS @param {string} today */
export function periodQuery(choice, today) {
  const days = PERIODS.find(([key]) => key === choice)?.[1] ?? ALL_DAYS
  return `from=${addDays(today, 1 - days)}`
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
  const days = [...(summary.daily ?? []).map((/** @type {any} */ entry) => entry.day), ...(summary.sessions ?? []).map(sessionDay)]
  const first = days.toSorted()[0] ?? to
  return { from: first > from ? first : from, to }
}

/** The first and the last days of medicines, as marks beside the lines; meetings no scope opens. @param {any[]} [medications] of a summary */
export const medicineMarks = (medications = []) => marksOf([], medications.map((values) => ({ id: "", record: { values } })), "")

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

/**
 * The sessions that have better days, oldest first, with how many sessions their series has by then.
 * @param {any[]} sessions of a summary @returns {{session: any, day: string, length: number}[]}
 */
export function lastOfSeries(sessions) {
  const ordered = sessions.toSorted((a, b) => (a.starts_at < b.starts_at ? -1 : 1))
  let length = 0
  let before = ""
  const found = []
  for (const session of ordered) {
    const day = sessionDay(session)
    length = before && daysBetween(before, day) <= SERIES_GAP_DAYS ? length + 1 : 1
    before = day
    if (session.better_days) found.push({ session, day, length })
  }
  return found
}
