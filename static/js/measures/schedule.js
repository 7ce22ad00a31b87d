/** When questionnaires are due around a series of sessions (CLINICAL 3): before it, two weeks after it, then every two weeks. Pure. */
import { hoursBetween } from "../base/time.js"
import { isGiven } from "../records/told.js"
import { asOffered, inPlaceOf } from "./installed.js"

const DAY_H = 24
const SERIES_GAP_DAYS = 7
const EVERY_DAYS = 14
const OPEN_DAYS = 4
/** One that is chosen besides comes about once a month: not again within so many days. */
const MONTH_DAYS = 26

/** Offered each time unless somebody would rather not, and those that they may choose besides. */
export const REGULAR = ["phq-9", "gad-7"]
export const CHOSEN = ["who-5", "peg", "pcl-5"]

/** Those that are offered each time by an installation. @param {string[]} offered ids */
export const regularOf = (offered) => asOffered(REGULAR, offered)

/** @typedef {{starts_at: string, status?: string}} Session */
/** @typedef {{from: string, until: string}} Span instants; what was completed from `from` on counts as done */

/**
 * The days on which a questionnaire is due, if these are some. Missed ones are not counted and not asked for later.
 * @param {Session[]} sessions of every status @param {string} now @returns {Span | null}
 */
export function openSpan(sessions, now) {
  const [last] = sessions.filter((one) => isGiven(one) && one.starts_at <= now).toSorted(latestFirst)
  const next = sessions.filter(({ status, starts_at }) => status === "planned" && starts_at > now).toSorted(latestFirst).at(-1)
  const isNewSeries = next && !(last && hoursBetween(last.starts_at, next.starts_at) <= SERIES_GAP_DAYS * DAY_H)
  if (isNewSeries && hoursBetween(now, next.starts_at) <= OPEN_DAYS * DAY_H) return { from: later(next.starts_at, -EVERY_DAYS), until: next.starts_at }
  if (!last) return null
  const turns = Math.floor(hoursBetween(last.starts_at, now) / DAY_H / EVERY_DAYS)
  const from = later(last.starts_at, turns * EVERY_DAYS)
  const until = later(from, OPEN_DAYS)
  return turns >= 1 && now < until ? { from, until } : null
}

/**
 * Which questionnaires are due now, in order.
 * @param {Session[]} sessions @param {Record<string, any>[]} responses values @param {string[]} wanted by the person
 * @param {string[]} offered by the installation @param {string} now
 * @returns {{instrument: string, from: string}[]}
 */
export function dueNow(sessions, responses, wanted, offered, now) {
  const span = openSpan(sessions, now)
  if (!span) return []
  const [regular, chosen] = [regularOf(offered), asOffered(wanted, offered)]
  const since = (/** @type {string} */ id) => (regular.includes(id) ? span.from : [later(now, -MONTH_DAYS), span.from].toSorted()[0])
  const isDone = (/** @type {string} */ id) => responses.some(({ instrument, completed_at }) => inPlaceOf(instrument, offered) === id && completed_at >= since(id))
  // A pack of this installation comes as one that is chosen.
  return [...new Set([...regular, ...CHOSEN, ...chosen])].filter((id) => chosen.includes(id) && !isDone(id)).map((instrument) => ({ instrument, from: span.from }))
}

/** @param {string} instant @param {number} days */
const later = (instant, days) => new Date(Date.parse(instant) + days * DAY_H * 3_600_000).toISOString()

/** @param {Session} a @param {Session} b */
const latestFirst = (a, b) => (a.starts_at < b.starts_at ? 1 : -1)
