/** A check-in: what the form becomes as values, and back. Pure. */
import { daysBetween, hoursBetween, localDay, wall } from "../base/time.js"

export const SCALES = /** @type {const} */ (["mood", "anxiety", "dissociation"])
const REMEMBERED_AFTER_H = 6
/** A draft older than this was felt then, not now. */
const OLD_DRAFT_H = 0.5

/**
 * @typedef {object} Fields the form as it stands
 * @property {number | null} mood @property {number | null} anxiety @property {number | null} dissociation
 * @property {string} note @property {string} audience @property {boolean} bring
 * @property {string} when a wall time, or empty for now
 * @property {Extras} extras
 */
/**
 * @typedef {object} Extras what is folded away
 * @property {string} [dissociation_tone] @property {number} [sleep_hours] @property {number} [rested]
 * @property {Record<string, string>} [side_effects]
 */

/** @typedef {{values: Record<string, any>, alternatives: Record<string, string[]>}} Kept a record, as far as a form needs it */

/** @returns {Fields} */
export const emptyFields = () => ({
  mood: null, anxiety: null, dissociation: null, note: "", audience: "me", bring: false, when: "", extras: {},
})

/** Whether nothing has been answered or written. @param {Fields} fields */
export const isEmpty = (fields) =>
  SCALES.every((key) => fields[key] === null) && fields.note.trim() === "" && !Object.keys(answered(fields)).length

/** The values to keep; what was not answered is left out. @param {Fields} fields @param {string} occurredAt @param {string} zone */
export function valuesOf(fields, occurredAt, zone) {
  /** @type {Record<string, any>} */
  const values = { occurred_at: occurredAt, zone }
  for (const key of SCALES) if (fields[key] !== null) values[key] = fields[key]
  Object.assign(values, answered(fields))
  if (fields.note.trim() === "") return values
  values.note = fields.note.trim()
  if (fields.audience !== "me") values.audience = fields.audience
  if (fields.bring) values.bring = true
  return values
}

/** The note as the form shows it: every version that stands, one under the other. @param {Kept} record */
export const noteOf = ({ values, alternatives }) => [values.note, ...(alternatives.note ?? [])].filter(Boolean).join("\n\n")

/** The form of a kept entry. @param {Kept} record @returns {Fields} */
export function fieldsOf(record) {
  const { values } = record
  const { dissociation_tone, sleep_hours, rested, side_effects } = values
  return {
    mood: values.mood ?? null,
    anxiety: values.anxiety ?? null,
    dissociation: values.dissociation ?? null,
    note: noteOf(record),
    audience: values.audience ?? "me",
    bring: values.bring ?? false,
    when: wallTime(values.occurred_at, values.zone),
    extras: filled({ dissociation_tone, sleep_hours, rested, side_effects: filled(side_effects ?? {}) }),
  }
}

/** "2026-11-23T20:41", as an input takes it. @param {string} instant @param {string} zone */
export function wallTime(instant, zone) {
  const { day, time } = wall(instant, zone)
  return `${day}T${time}`
}

/** When a draft found again was felt: empty while it is fresh. @param {string} touchedAt @param {string} now @param {string} zone */
export const whenOfDraft = (touchedAt, now, zone) =>
  hoursBetween(touchedAt, now) > OLD_DRAFT_H ? wallTime(touchedAt, zone) : ""

/** Typed more than six hours after it was felt. @param {{recorded_at: string, values: Record<string, any>}} record */
export const isRememberedLater = (record) =>
  hoursBetween(record.values.occurred_at, record.recorded_at) > REMEMBERED_AFTER_H

const ORDINALS = ["", "the day after", "second day after", "third day after", "fourth day after", "fifth day after",
  "sixth day after", "seventh day after"]

/**
 * "third day after your session", up to a week; empty otherwise.
 * @param {Record<string, any>[]} sessions values of treatment sessions @param {string} now @param {string} zone @param {string} [startsAt]
 */
export function sinceSession(sessions, now, zone, startsAt) {
  const began = sessions
    .filter(({ status = "happened", starts_at }) => (status === "happened" || status === "stopped_early") && starts_at <= now)
    .map((session) => session.starts_at)
    .toSorted()
    .at(-1)
  if (!began) return ""
  const days = daysBetween(localDay(began, zone, startsAt), localDay(now, zone, startsAt))
  return days === 0 ? "day of your session" : ORDINALS[days] ? `${ORDINALS[days]} your session` : ""
}

/** @param {Fields} fields @returns {Extras} */
function answered({ extras, dissociation }) {
  const { dissociation_tone, side_effects = {}, ...rest } = extras
  const effects = filled(side_effects)
  return filled({
    ...rest,
    dissociation_tone: dissociation ? dissociation_tone : undefined,
    side_effects: Object.keys(effects).length ? effects : undefined,
  })
}

/** Without what is null or undefined. @param {Record<string, any>} values */
const filled = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== ""))
