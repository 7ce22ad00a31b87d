/** What followed each session, entry by entry: the contract's `sessions[].curve`, worked out on the phone as the server does. Pure. */
import { localDay } from "../base/time.js"

const HOUR_MS = 3_600_000
const LASTS_MS = 28 * 24 * HOUR_MS
export const KEYS = ["mood", "anxiety", "dissociation"]

/** @typedef {import("../records/told.js").Row} Row */
/** @typedef {{hours: number, mood: number | null, anxiety: number | null, dissociation: number | null}} Point one entry, by hours since the session began */
/** @typedef {{id: string, day: string, curve: Point[]}} Curve a session, its local day and what was answered from its start on */

/**
 * The sessions of a period, each with the answers from its start until the next one starts, or until 28 days have passed; hours not rounded.
 * @param {Row[]} rows check-ins @param {{id: string, starts_at: string, zone: string}[]} sessions that took place, oldest first
 * @param {{from: string, to: string}} period @param {string} [startsAt] when a day turns @returns {Curve[]}
 */
export function curvesOf(rows, sessions, { from, to }, startsAt) {
  const isWithin = (/** @type {string} */ day) => day >= from && day <= to
  const begun = sessions.map(({ id, starts_at, zone }) => ({ id, day: localDay(starts_at, zone, startsAt), at: Date.parse(starts_at), curve: /** @type {Point[]} */ ([]) }))
  const felt = rows.map(({ id, record: { values } }) => ({ id, values, at: Date.parse(values.occurred_at) })).toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  for (const { values, at } of felt) {
    const own = begun.findLast((session) => session.at <= at)
    const { mood = null, anxiety = null, dissociation = null } = values
    const isAnswered = mood !== null || anxiety !== null || dissociation !== null
    if (!own || at - own.at >= LASTS_MS || !isAnswered || !isWithin(localDay(values.occurred_at, values.zone, startsAt))) continue
    own.curve.push({ hours: (at - own.at) / HOUR_MS, mood, anxiety, dissociation })
  }
  return begun.filter(({ day }) => isWithin(day)).map(({ id, day, curve }) => ({ id, day, curve }))
}
