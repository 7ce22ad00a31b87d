/** A check-in: what the form becomes as values, and back. Pure. */
import { addDays, hoursBetween, instantOf, wall } from "../base/time.js"
import { same } from "../records/rules.js"

export const SCALES = /** @type {const} */ (["mood", "anxiety", "dissociation"])
/** A draft older than this was felt then, not now. */
const OLD_DRAFT_H = 0.5
/** From here on it would be remembered later: then its person says which it is. */
const LATER_H = 6
/** From here on, or when it is distressing, the grounding page is offered. */
const FAR_AWAY = 7
const CARD_EFFECTS = ["heart_beat", "dizziness", "urinary_pain"]
const NOT_ASKED = ["session_id", "point"]

/**
 * @typedef {object} Fields the form as it stands
 * @property {number | null} mood @property {number | null} anxiety @property {number | null} dissociation
 * @property {string} note @property {string} audience @property {boolean} bring
 * @property {string} when a wall time, or empty for now
 * @property {Extras} extras
 */
/**
 * @typedef {object} Extras what is folded away, or asked at some points after a session only
 * @property {string} [dissociation_tone] @property {string[]} [dissociation_kinds]
 * @property {string} [away_from] a time of day, such as "21:10" @property {string} [away_to]
 * @property {string} [before_it] @property {string} [what_helped] @property {boolean} [in_danger] @property {string} [memory_gaps]
 * @property {number} [sleep_hours] @property {number} [rested]
 * @property {Record<string, string>} [side_effects] @property {Record<string, number | null>} [own]
 * @property {string} [keep] @property {string} [compared]
 */

/** @typedef {{values: Record<string, any>, alternatives: Record<string, string[]>}} Kept a record, as far as a form needs it */

/** @returns {Fields} */
export const emptyFields = () => ({
  mood: null, anxiety: null, dissociation: null, note: "", audience: "me", bring: false, when: "", extras: {},
})

/** Whether nothing has been answered or written. @param {Fields} fields */
export const isEmpty = (fields) =>
  SCALES.every((key) => fields[key] === null) && fields.note.trim() === "" && !Object.keys(answered(fields)).length

/** What stands in a form, under what was answered meanwhile. @param {Fields} fields @param {Fields} answers go before @returns {Fields} */
export function over(fields, answers) {
  if (isEmpty(answers)) return fields
  const given = Object.entries(answers).filter(([key, value]) => !same(value, /** @type {any} */ (emptyFields())[key]))
  return { ...fields, ...Object.fromEntries(given) }
}

/**
 * The values to keep; what was not answered is left out.
 * @param {Fields} fields @param {string} occurredAt @param {string} zone
 * @param {Kept | null} [kept] the entry that is mended: what this form does not ask of it stays
 */
export function valuesOf(fields, occurredAt, zone, kept) {
  /** @type {Record<string, any>} */
  const values = { occurred_at: occurredAt, zone, ...beyond(kept) }
  for (const key of SCALES) if (fields[key] !== null) values[key] = fields[key]
  Object.assign(values, answered(fields), awayOf(fields.extras, occurredAt, zone, kept?.values))
  const note = kept && fields.note === noteOf(kept) ? (kept.values.note ?? "") : fields.note.trim()
  if (fields.note.trim() === "") return values
  if (note) values.note = note
  if (fields.audience !== "me") values.audience = fields.audience
  if (fields.bring) values.bring = true
  return values
}

/** The note as the form shows it: every version that stands, one under the other. @param {Kept} record */
export const noteOf = ({ values, alternatives }) => [values.note, ...(alternatives.note ?? [])].filter(Boolean).join("\n\n")

/** The form of a kept entry. @param {Kept} record @returns {Fields} */
export function fieldsOf(record) {
  const { occurred_at, zone, mood = null, anxiety = null, dissociation = null, audience = "me", bring = false, ...rest } = record.values
  const { note: _note, session_id: _session, point: _point, away_from, away_to, ...extras } = rest
  const time = (/** @type {string | undefined} */ at) => at && wall(at, zone).time
  return {
    mood, anxiety, dissociation, audience, bring,
    note: noteOf(record),
    when: wallTime(occurred_at, zone),
    extras: filled({ ...extras, away_from: time(away_from), away_to: time(away_to), side_effects: filled(rest.side_effects ?? {}) }),
  }
}

/** "2026-11-23T20:41", as an input takes it. @param {string} instant @param {string} zone */
export function wallTime(instant, zone) {
  const { day, time } = wall(instant, zone)
  return `${day}T${time}`
}

/**
 * When a draft found again was felt, as wall times: `when` empty for now, `begun` when it was begun, as far as its person has not
 * said otherwise. An older one is for now, so that nothing of today goes into yesterday.
 * @param {{when: string, begun?: string, touched_at: string}} draft @param {string} now @param {string} zone
 */
export function whenOfDraft({ when, begun = "", touched_at }, now, zone) {
  if (when && when !== begun) return { when, begun: "" }
  const at = begun || wallTime(touched_at, zone)
  const hours = hoursBetween(instantOf(at, zone), now)
  if (hours > LATER_H) return { when: "", begun: at }
  return begun || hours > OLD_DRAFT_H ? { when: at, begun: at } : { when: "", begun: "" }
}

/**
 * When it was felt.
 * @param {Fields} fields @param {Kept | null} kept the entry that is mended @param {string} now @param {string} zone
 */
export function feltAt(fields, kept, now, zone) {
  const before = kept?.values.occurred_at
  if (before && fields.when === wallTime(before, zone)) return before
  return fields.when ? instantOf(fields.when, zone) : (before ?? now)
}

/** Whether somebody was so far away, or so troubled by it, that the grounding page is offered. @param {Record<string, any>} values */
export const isFarAway = ({ dissociation, dissociation_tone }) => dissociation >= FAR_AWAY || dissociation_tone === "distressing"

/** Whether a side effect was so strong that the medical card is offered. @param {Record<string, any>} values */
export const isStrongInBody = ({ side_effects = {} }) => CARD_EFFECTS.some((name) => side_effects[name] === "severe")

/**
 * About when somebody was away, as instants: the last such time before the entry, and the next one after that. Times left as they
 * were keep their instants.
 * @param {Extras} extras @param {string} occurredAt @param {string} zone @param {Record<string, any>} [before]
 */
function awayOf({ away_from, away_to }, occurredAt, zone, before = {}) {
  const isKept = before.occurred_at === occurredAt
  const kept = (/** @type {string} */ name, /** @type {string} */ time) =>
    isKept && before[name] && wall(before[name], zone).time === time ? before[name] : undefined
  const from = away_from ? (kept("away_from", away_from) ?? nextTo(away_from, occurredAt, zone, -1)) : undefined
  const to = away_to ? (kept("away_to", away_to) ?? nextTo(away_to, from ?? occurredAt, zone, from ? 1 : -1)) : undefined
  return filled({ away_from: from, away_to: to && from && to < from ? nextTo(/** @type {string} */ (away_to), from, zone, 1) : to })
}

/** The next time of day after an instant (`way` 1), or the last before it (-1). @param {string} time @param {string} instant @param {string} zone @param {1 | -1} way */
function nextTo(time, instant, zone, way) {
  const minute = wallTime(instant, zone)
  const day = minute.slice(0, 10)
  const isPast = way === 1 ? `${day}T${time}` < minute : `${day}T${time}` > minute
  return instantOf(`${isPast ? addDays(day, way) : day}T${time}`, zone)
}

/** What an entry holds that this form does not ask. @param {Kept | null} [kept] */
const beyond = (kept) => Object.fromEntries(NOT_ASKED.flatMap((name) => (kept?.values[name] ? [[name, kept.values[name]]] : [])))

/** @param {Fields} fields @returns {Extras} */
function answered({ extras, dissociation }) {
  const { dissociation_tone, dissociation_kinds, side_effects, own, away_from, away_to, ...rest } = extras
  const texts = Object.entries(rest).map(([key, value]) => [key, typeof value === "string" ? value.trim() : value])
  const some = (/** @type {Record<string, any>} */ map) => (Object.keys(filled(map)).length ? filled(map) : undefined)
  return filled({
    ...Object.fromEntries(texts),
    away_from, away_to,
    dissociation_tone: dissociation ? dissociation_tone : undefined,
    dissociation_kinds: dissociation_kinds?.length ? dissociation_kinds : undefined,
    side_effects: some(side_effects ?? {}),
    own: some(own ?? {}),
  })
}

/** Without what is null, undefined or empty. @param {Record<string, any>} values */
const filled = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ""))
