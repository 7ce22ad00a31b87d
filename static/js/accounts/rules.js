/** Who may be where. Pure. */

/** The first page of an account, or of a guest. @param {{role: string} | null} who */
export const homeOf = (who) => (who?.role === "therapist" ? "/people" : "/")

/**
 * Where somebody goes once they have an account: a patient to what the first minutes ask, whatever page they came for; who reads
 * for others sets up a second factor first, and goes on from there.
 * @param {{role: string}} who @param {string | null} [next] the page they came for
 */
export const placeAfterJoining = (who, next) =>
  who.role === "patient" ? "/begin" : `/account?next=${encodeURIComponent(next ?? homeOf(who))}`

/** Only a page of ours, and where to go on from there: what an address asks for is not trusted with more. @param {string | null} path */
export const mayGo = (path) => (path && /^\/[a-z][\w\-/~.]*(\?next=[\w\-/~.%]+)?$/i.test(path) ? path : null)

/** Where somebody is sent who may not see the page they asked for. @param {{role: string} | null} who @param {string} path */
export const placeInstead = (who, path) => (who ? homeOf(who) : `/sign-in?next=${encodeURIComponent(path)}`)

const LEAST = 15

/** Which fields of a registration lack what they need. @param {Record<string, string>} form @returns {Record<string, boolean>} */
export const registrationFaults = (form) => ({
  name: !form.name?.trim(),
  email: !/^\S+@\S+$/.test(form.email?.trim() ?? ""),
  password: lengthOf(form.password) < LEAST,
  adult: !form.adult,
})

/** In characters as the server counts them. @param {string | undefined} text */
export const lengthOf = (text) => [...(text ?? "")].length

const BROWSERS = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["FxiOS", "Firefox"], ["CriOS", "Chrome"], ["Chrome", "Chrome"], ["Safari", "Safari"]]
const SYSTEMS = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "Mac"], ["Linux", "Linux"]]

/** The browser and the system that a user agent names, as far as it names them. @param {string} agent */
export const deviceParts = (agent) => ({ browser: named(BROWSERS, agent), system: named(SYSTEMS, agent) })

/** @param {string[][]} marks @param {string} agent */
const named = (marks, agent) => marks.find(([mark]) => agent.includes(mark))?.[1]

/** Whether a consent lets somebody read, or waits to. @param {{status: string}} consent */
export const isOpen = ({ status }) => status === "accepted" || status === "given"

/**
 * @typedef {{as: string, scopes: string[], expires_at: string, consent_id?: string, name?: string, hours?: any, known_at?: string}} Share
 * what a device keeps of a consent that was accepted; name and hours since alerts came, later when that was
 */

/** @param {Share} share @param {string} now */
export const isRunning = ({ expires_at }, now) => Date.parse(expires_at) > Date.parse(now)

/** As whom a part of what is written can be read. @param {Share[]} shares that run @param {string} scope */
export const readersOf = (shares, scope) => ["therapist", "prescriber"].filter((as) => shares.some((one) => one.as === as && one.scopes.includes(scope)))

/** Whether somebody whom a note is addressed to can read it. @param {string[]} readers of notes @param {string} audience of the note */
export const isRead = (readers, audience) => readers.some((as) => as === audience || audience === "both")

const DAY_MS = 86_400_000
const MONTH_DAYS = 30

/**
 * How often a device should have said by now that something opens the account: when it is new, after 24 hours, each month.
 * @param {string} since the instant it began @param {string} now
 */
export function tellings(since, now) {
  const days = Math.max(0, (Date.parse(now) - Date.parse(since)) / DAY_MS)
  return 1 + Number(days >= 1) + Math.floor(days / MONTH_DAYS)
}

/** @typedef {{id: string, kind: "device" | "share", since: string, name: string}} Opening */

/**
 * What else opens the account: other devices, and consents that are open. `name` is the device in its own words, or whose share it is.
 * @param {any[]} devices @param {any[]} consents @returns {Opening[]}
 */
export const openings = (devices, consents) => [
  ...devices.filter(({ current }) => !current).map(({ id, created_at, device }) => ({ id, kind: /** @type {const} */ ("device"), since: created_at, name: device })),
  ...consents.filter(isOpen).map(({ id, given_at, accepted_at, therapist_name }) => ({
    id, kind: /** @type {const} */ ("share"), since: accepted_at ?? given_at, name: therapist_name ?? "",
  })),
]

/**
 * Those of `all` that are still to be said here, given how often each was. What is older than this device's own sign-in was
 * there when it came, and comes up with the month.
 * @param {Opening[]} all @param {Record<string, number>} told @param {string} here since when this device is signed in @param {string} now
 */
export const unsaid = (all, told, here, now) =>
  all.filter(({ id, since }) => tellings(since, now) > (told[id] ?? (since < here ? tellings(since, here) : 0)))
