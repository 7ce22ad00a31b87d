/** Consents and invitations: in which order, for how long, and what a form becomes on the wire. Pure: values in, values out. */

/**
 * @typedef {object} Consent
 * @property {string} id
 * @property {"given" | "accepted" | "withdrawn" | "expired"} status
 * @property {"therapist" | "prescriber"} as
 * @property {string[]} scopes
 * @property {string | null} from
 * @property {string | null} to
 * @property {string | null} notes_from
 * @property {string} expires_at
 * @property {string | null} [accepted_at]
 * @property {string | null} [withdrawn_at]
 * @property {string | null} [therapist_name]
 * @property {string | null} [last_viewed_at]
 * @property {number} [views]
 * @property {number | null} [quiet_after_days] after how many days without anything new they are told so
 * @property {{days: number, after_days: number} | null} [silence] what they are told of it now
 */

/** What can be opened now. */
export const OFFERED = ["scales", "sessions", "measures", "notes", "safety_plan", "alerts"]

/** What can be opened besides, folded away: a list for a thumb is short. */
export const FOLDED = ["side_effects", "questions", "medications", "watch"]

/** What is chosen at first: figures and dates. Words of the person's own are opened by their own tap alone. */
export const AT_FIRST = ["scales", "sessions"]

/** Open ones first: accepted, waiting, then the closed ones, newest first. @param {Consent[]} consents */
export function sorted(consents) {
  const order = ["accepted", "given", "expired", "withdrawn"]
  return consents.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status) || (a.id < b.id ? 1 : -1))
}

/** @param {Consent} consent */
export const isOpen = (consent) => consent.status === "accepted" || consent.status === "given"

/** How many people can read now. @param {Consent[]} consents */
export const readers = (consents) => consents.filter((consent) => consent.status === "accepted").length

/** How long an invitation can be good for, in days. */
export const LASTING = [30, 90, 180, 365]

/** After how many days without anything new somebody can be told so, as it is offered. */
export const QUIET = [3, 7, 14, 30]

/**
 * How a change of that is asked for: later or never is a narrowing, which always works; at all or sooner opens more.
 * @param {Consent} consent @param {number | null} days
 */
export function askedSilence({ id, quiet_after_days: now }, days) {
  const isNarrower = days === null || (now != null && days >= now)
  return isNarrower ? { method: "PATCH", path: `/api/consents/${id}` } : { method: "PUT", path: `/api/consents/${id}/quiet` }
}

/** Whoever is in need before the others, who stay as they came: by next meeting. @param {any[]} people */
export const alertsFirst = (people) => people.toSorted((one, other) => Number(other.open_alerts > 0) - Number(one.open_alerts > 0))

const HOUR_MS = 3_600_000
const LONGEST_MS = 365 * 24 * HOUR_MS - HOUR_MS // an hour for two clocks that differ: more than a year is refused

/**
 * The body of POST /api/consents. Notes are opened from today on, which the server knows best.
 * @param {{as: string, scopes: string[], from: string | null, days: number, quiet: number | null}} form @param {string} now
 */
export function invitationOf({ as, scopes, from, days, quiet }, now) {
  const expires_at = new Date(Date.parse(now) + Math.min(days * 24 * HOUR_MS, LONGEST_MS)).toISOString()
  return { as, scopes, from, expires_at, quiet_after_days: quiet }
}
