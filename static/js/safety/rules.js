/** Which country's lines to show, and how to reach them. Pure. */
import { readersOf } from "../accounts/rules.js"
import { addDays, hoursBetween } from "../base/time.js"
import { EMERGENCY, LINES } from "./crisis-lines.js"
import { ZONES } from "./zones.js"

/**
 * The country a device stands in by its time zone, where we have lines for it; "" elsewhere. A language is asked only where
 * the zone names no place: people keep their language when they go abroad, and the number would be the wrong one.
 * @param {string | undefined} zone @param {readonly string[]} languages
 */
export function countryOf(zone, languages) {
  const regions = languages.map((tag) => tag.match(/-([A-Z]{2})\b/)?.[1] ?? "")
  return placeOf(zone) ?? regions.find((region) => region in EMERGENCY) ?? ""
}

/** The country that a zone lies in, "" where we have no lines for it; undefined where it names no place. @param {string | undefined} zone */
function placeOf(zone) {
  const here = Object.keys(ZONES).find((country) => ZONES[country].split(" ").includes(zone ?? ""))
  return here ?? (zone?.includes("/") && !zone.startsWith("Etc/") ? "" : undefined)
}

/**
 * The countries whose emergency number stands, first the one where the device is: the number from home does not answer abroad. What
 * somebody chose, be it weeks ago or just now, is theirs: it stays beside it, since a zone may be wrong, and which lines are shown
 * follows it alone, since with those it is the language that counts. The same number stands once.
 * @param {string | undefined} chosen "" is another country than those we know @param {string | undefined} zone @param {readonly string[]} languages
 */
export function emergencyIn(chosen, zone, languages) {
  const here = placeOf(zone)
  if (chosen === undefined || here === undefined) return [chosen ?? countryOf(zone, languages)]
  return EMERGENCY[here]?.call === EMERGENCY[chosen]?.call ? [here] : [here, chosen]
}

/** @param {string} country */
export const linesOf = (country) => LINES.filter((line) => line.country === country)

/** "tel:0800111011". @param {string} number */
export const telOf = (number) => `tel:${number.replace(/[^\d+]/g, "")}`

/** "sms:741741?body=HOME". @param {{to: string, word: string}} text */
export const smsOf = ({ to, word }) => `sms:${to}${word ? `?body=${word}` : ""}`

/**
 * When numbers were checked: the day of the one longest ago, null where any has none, and whether any is due. Null where there are none.
 * @param {import("./crisis-lines.js").Reviewed[]} numbers @param {string} today @returns {{on: string | null, isStale: boolean} | null}
 */
export function reviewOf(numbers, today) {
  if (!numbers.length) return null
  const [first] = numbers.map(({ reviewed_on }) => reviewed_on ?? "").toSorted()
  return { on: first || null, isStale: numbers.some(({ stale_after }) => !stale_after || stale_after < today) }
}

/** The shares under which alerts go. @param {import("../accounts/rules.js").Share[]} shares */
export const alerting = (shares) => shares.filter(({ scopes }) => scopes.includes("alerts"))

const NEWS_DAYS = 14
/** The place on the page of help where what became of alerts stands. */
export const TOLD = "told"

/** The first day whose askings and alerts are news at all. @param {string} now */
export const newsFrom = (now) => addDays(now.slice(0, 10), -NEWS_DAYS)

/**
 * Whether an alert came of an asking. It is raised in the instant in which the server takes the asking, or says when that was felt.
 * @param {{raised_at: string, received_at?: string | null}} asking @param {any[]} alerts as the contract has them
 */
export const isTold = ({ raised_at, received_at }, alerts) =>
  alerts.some((alert) => alert.reason === "asked" && (alert.raised_at === received_at || alert.occurred_at === raised_at))

/**
 * The askings that the server took and no alert came of, since nobody had a share for it by then. They stand among the alerts.
 * @param {import("../records/store.js").Row[]} askings @param {{items: any[], next: string | null}} answer of the server: the newest alerts
 * @returns {{id: string, occurred_at: string, untold_at: string}[]}
 */
export function untoldOf(askings, { items, next }) {
  const from = next ? (items.at(-1)?.raised_at ?? "") : ""
  return askings.flatMap(({ id, base, record: { values }, waiting, refused }) => {
    const received_at = base?.received_at
    if (waiting || refused || !received_at || received_at <= from || values.choice !== "tell_therapist") return []
    return isTold({ raised_at: values.raised_at, received_at }, items) ? [] : [{ id, occurred_at: values.raised_at, untold_at: received_at }]
  })
}

/**
 * What became of an alert, in a word: "" while it waits.
 * @param {any} alert as the contract has it, or an asking that nobody was told of @param {string[]} [open] the consents that run, where they are known
 */
export function fateOf({ id, consent_id, seen_at, reply, call_by, unseen_at, untold_at }, open) {
  const isEnded = open && !open.includes(consent_id)
  const fate = seen_at ? `${reply} ${call_by ?? ""}` : untold_at ? "untold" : unseen_at ? "unseen" : isEnded ? "ended" : ""
  return fate && `${id} ${fate}`.trim()
}

/**
 * The alerts whose fate their person has not read yet, newest first; what lies two weeks back is no news.
 * @param {any[]} alerts @param {string[]} read @param {string} now @param {string[]} [open] as above
 */
export const newsOf = (alerts, read, now, open) =>
  alerts.filter((alert) => {
    const fate = fateOf(alert, open)
    return fate && !read.includes(fate) && hoursBetween(alert.seen_at ?? alert.untold_at ?? alert.unseen_at ?? alert.raised_at, now) < NEWS_DAYS * 24
  })

/**
 * Who can see what of an entry: those who see the same stand together. Empty where nobody sees any of it.
 * @param {import("../accounts/rules.js").Share[]} shares that run @param {string[]} scopes that it may be seen under
 * @returns {{who: string[], what: string[]}[]}
 */
export function seenBy(shares, scopes) {
  /** @type {Record<string, {who: string[], what: string[]}>} */
  const groups = {}
  for (const as of scopes.flatMap((scope) => readersOf(shares, scope))) {
    const what = scopes.filter((scope) => readersOf(shares, scope).includes(as))
    const group = (groups[what.join()] ??= { who: [], what })
    if (!group.who.includes(as)) group.who.push(as)
  }
  return Object.values(groups)
}
