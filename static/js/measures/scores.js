/** What answers come to, by the instrument's own data, as the server scores them; and change, told with its error. Pure. */
import { firstSession } from "../records/told.js"
import { isComplete, spannedBy } from "./rules.js"

const DECIMALS = 1e6

/** @typedef {import("./instruments.js").Instrument} Instrument */
/** @typedef {import("./instruments.js").Formula} Formula */
/** @typedef {Record<string, number | null | undefined>} Answers */
/** @typedef {"beyond_error_better" | "noticeable_better" | "within_variation" | "noticeable_worse" | "beyond_error_worse"} Reading */
/** @typedef {{completed_at: string, zone: string, total: number, band: string | null, spans: boolean}} Told a complete response */

/** The total, or null where more items that count have no answer than its data allow. @param {Instrument} instrument @param {Record<string, any>} answers */
export const totalOf = (instrument, answers) => (isComplete(instrument, answers) ? figure(instrument.total, answers) : null)

/** What the data calls a total; null where it has no name. @param {Instrument} instrument @param {number} total */
export const bandOf = ({ bands = [] }, total) => bands.findLast(({ from }) => from <= total)?.name ?? null

/** The highest total there is. @param {Instrument} instrument */
export const highestOf = (instrument) =>
  totalOf(instrument, Object.fromEntries(instrument.items.map(({ id, options = instrument.options }) => [id, Math.max(...options.map(({ value }) => value))])))

/** @param {string | Formula} term @param {Answers} answers @returns {number | null} */
function figure(term, answers) {
  if (typeof term === "string") return answers[term] ?? null
  if (term.of) {
    const inner = figure(term.of, answers)
    return inner === null ? null : inner * term.times
  }
  const parts = (term.sum ?? term.max ?? term.mean).map((/** @type {any} */ part) => figure(part, answers))
  const given = parts.filter((/** @type {number | null} */ part) => part !== null)
  if (!given.length || parts.length - given.length > (term.may_lack ?? 0)) return null
  if (term.max) return Math.max(...given)
  const sum = given.reduce((/** @type {number} */ all, /** @type {number} */ part) => all + part, 0)
  return term.mean ? sum / given.length : sum
}

/**
 * The complete responses to an instrument, oldest first.
 * @param {Instrument} instrument @param {Record<string, any>[]} responses values @param {{starts_at: string}[]} sessions that took place @returns {Told[]}
 */
export const toldOf = (instrument, responses, sessions) =>
  responses
    .filter((values) => values.instrument === instrument.id)
    .flatMap(({ answers = {}, completed_at, zone }) => {
      const total = totalOf(instrument, answers)
      return total === null ? [] : [{ completed_at, zone, total, band: bandOf(instrument, total), spans: spannedBy(instrument, sessions, completed_at).length > 0 }]
    })
    .toSorted((a, b) => (a.completed_at < b.completed_at ? -1 : 1))

/**
 * From which response to which the total moved since before the first session: the last one before it, and the latest that
 * looks back over none. Null until there are both.
 * @param {Told[]} told oldest first @param {string | undefined} firstSessionAt @returns {{from: Told, to: Told} | null}
 */
export function sinceBaseline(told, firstSessionAt) {
  if (!firstSessionAt) return null
  const from = told.findLast(({ completed_at }) => completed_at < firstSessionAt)
  const to = told.findLast(({ completed_at, spans }) => completed_at >= firstSessionAt && !spans)
  return from && to ? { from, to } : null
}

/**
 * What moved, with its reading: since the last time, and since before the first session of the course, as the server tells both.
 * @param {Instrument} instrument @param {Told[]} told oldest first @param {{starts_at: string, day: string, course_id?: string}[]} sessions that took place, oldest first
 * @param {import("../records/told.js").Course[]} courses @param {string} today @returns {{from: Told, to: Told, reading: Reading | null}[]}
 */
export function movesOf(instrument, told, sessions, courses, today) {
  const baseline = sinceBaseline(told, firstSession(sessions, courses, today)?.starts_at)
  const [before, last] = told.slice(-2)
  const moves = [...(last ? [{ from: before, to: last }] : []), ...(baseline && baseline.from !== before ? [baseline] : [])]
  return moves.map((move) => ({ ...move, reading: readingOf(instrument, move.from.total, move.to.total) }))
}

/**
 * How a move of the total reads, by the lines of its instrument: below the first nothing is said, from the reliable line on
 * chance explains little. A line of its instrument's own has names beyond it alone. Null where there is no line.
 * @param {Instrument} instrument @param {number} before @param {number} after @returns {Reading | null}
 */
export function readingOf({ change }, before, after) {
  if (!change) return null
  const gain = change.better === "lower" ? before - after : after - before
  const size = rounded(Math.abs(gain))
  const isClinical = change.cutoff === undefined || (change.better === "lower" ? before >= change.cutoff : before <= change.cutoff)
  if (change.own_line_pct !== undefined && !isClinical) return null
  const own = change.own_line ?? (change.own_line_pct === undefined ? undefined : rounded((before * change.own_line_pct) / 100))
  const beyond = own ?? change.reliable
  if (beyond !== undefined && size >= beyond && size) return gain > 0 ? "beyond_error_better" : "beyond_error_worse"
  if (change.mcid !== undefined && size >= change.mcid) return gain > 0 ? "noticeable_better" : "noticeable_worse"
  return own !== undefined || (beyond === undefined && change.mcid === undefined) ? null : "within_variation"
}

/** A mean of three items has no last digit. @param {number} value */
const rounded = (value) => Math.round(value * DECIMALS) / DECIMALS
