/** Consents and invitations in words, and what a form becomes on the wire. Pure: values in, values out. */

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
 */

/** What can be opened now: key, heading, what it means, and whether it is chosen at first. */
export const OFFERED = [
  { key: "scales", name: "Mood, anxiety, detachment", means: "The figures of each day as lines, with sleep. No words of yours.", at_first: true },
  { key: "sessions", name: "Sessions", means: "When a session was and the better days after it.", at_first: true },
  { key: "notes", name: "Notes addressed to them", means: "A note that says “only me” stays with you. So does every note from before today.", at_first: true },
]

const SCOPE_WORDS = /** @type {Record<string, string>} */ ({
  scales: "mood, anxiety and detachment",
  sessions: "sessions",
  measures: "questionnaires",
  side_effects: "side effects",
  watch: "bladder and memory watch",
  medications: "medicines",
  notes: "notes addressed to them",
  questions: "questions",
  safety_plan: "safety plan",
  alerts: "alerts",
})

/** "mood, anxiety and detachment; sessions". @param {string[]} scopes @param {string} reader as whoever it is said to calls them */
export const scopesInWords = (scopes, reader = "them") =>
  Object.keys(SCOPE_WORDS).filter((scope) => scopes.includes(scope)).map((scope) => SCOPE_WORDS[scope].replace("them", reader)).join("; ")

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

const HOUR_MS = 3_600_000
const LONGEST_MS = 365 * 24 * HOUR_MS - HOUR_MS // an hour for two clocks that differ: more than a year is refused

/**
 * The body of POST /api/consents. Notes are opened from today on, which the server knows best.
 * @param {{as: string, scopes: string[], from: string | null, days: number}} form @param {string} now
 */
export function invitationOf({ as, scopes, from, days }, now) {
  const expires_at = new Date(Date.parse(now) + Math.min(days * 24 * HOUR_MS, LONGEST_MS)).toISOString()
  return { as, scopes, from, expires_at }
}

/** "2 hours and 5 minutes", rounded up; never less than a minute. @param {number} seconds */
export function waitInWords(seconds) {
  const minutes = Math.max(1, Math.ceil(seconds / 60))
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  const parts = [hours && counted(hours, "hour"), rest && counted(rest, "minute")]
  return parts.filter(Boolean).join(" and ")
}

/** "1 day", "3 days". @param {number} n @param {string} word @param {string} [many] */
export const counted = (n, word, many = `${word}s`) => `${n} ${n === 1 ? word : many}`
