/** A treatment session: what its form becomes, where it stands, and which of the person's own words belong to it. Pure. */
import { addDays, hoursBetween } from "../base/time.js"

/** What may be chosen of a session, each as the record names it. */
export const CHOICES = /** @type {const} */ (["drug", "route", "setting", "phase"])
/** When each reflection is asked for, in hours after the start, the later first. It stays open from then on. */
const REFLECTIONS = /** @type {const} */ ([{ key: "reflection_7d", after_h: 144 }, { key: "reflection_24h", after_h: 18 }])
const HIGHEST_DOSE_MG = 2000
/** What may be known of the body before it, each with what the record takes. */
export const VITALS = /** @type {const} */ ({ systolic: [40, 300], diastolic: [20, 200], heart_rate: [20, 300] })
/** A clock may be wrong by so much. */
const AHEAD_H = 24
const DAY_H = 24
/** So far reaches what is written the day after. */
const NEXT_DAY_H = 32
const AROUND_H = 8 * DAY_H
const MOST_QUOTES = 3

/** @typedef {Record<string, any>} Values of a treatment session or a check-in */
/** @typedef {"intention" | "reflection_24h" | "reflection_7d"} Own */
/** @typedef {{id: string, record: {values: Values}}} Row */

/**
 * The values to keep: what the form does not ask stays as it is.
 * @param {Values} before @param {{starts_at: string, zone: string, status: string, dose: string, ride_home: boolean, [choice: string]: any}} form
 */
export function valuesOf(before, { starts_at, zone, status, dose, ride_home, ...chosen }) {
  const dose_mg = numberIn(dose)
  const choices = Object.fromEntries(CHOICES.map((key) => [key, chosen[key] || null]))
  const ride = ride_home || before.ride_home !== undefined ? { ride_home } : {}
  const given = vitalsOf(chosen).map(([name, written]) => [name, Number(written)])
  const vitals = given.length || before.vitals ? { vitals: Object.fromEntries(given) } : {}
  const values = { ...before, starts_at, zone, status, ...choices, ...ride, ...vitals, dose_mg: dose_mg > 0 ? dose_mg : null }
  return /** @type {Values} */ (Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)))
}

/**
 * What is wrong with a form: the field, or nothing. @param {{starts_at: string, status: string, dose: string, [vital: string]: any}} form @param {string} now
 * @returns {"" | "dose" | "starts" | keyof typeof VITALS}
 */
export function faultIn({ starts_at, status, dose, ...form }, now) {
  if (dose.trim() !== "" && !(numberIn(dose) > 0 && numberIn(dose) <= HIGHEST_DOSE_MG)) return "dose"
  const wrong = vitalsOf(form).find(([, written, [low, high]]) => !(Number.isInteger(Number(written)) && Number(written) >= low && Number(written) <= high))
  if (wrong) return wrong[0]
  return ["happened", "stopped_early"].includes(status) && hoursBetween(now, starts_at) > AHEAD_H ? "starts" : ""
}

/**
 * Where a session stands; "due" when its hour has passed and nobody has said what became of it.
 * @param {Values} values @param {string} now @returns {"planned" | "due" | "happened" | "stopped_early" | "cancelled"}
 */
export const stateOf = ({ status = "happened", starts_at }, now) => (status === "planned" && starts_at <= now ? "due" : status)

/** The planned session that "It starts now" is about: the nearest within a day. @param {Row[]} rows @param {string} now */
export const plannedNow = (rows, now) =>
  planned(rows).filter(({ record }) => Math.abs(hoursBetween(record.values.starts_at, now)) < DAY_H)
    .toSorted((a, b) => Math.abs(hoursBetween(a.record.values.starts_at, now)) - Math.abs(hoursBetween(b.record.values.starts_at, now)))[0]

/** What is still planned, the next first. @param {Row[]} rows */
export const planned = (rows) =>
  rows.filter(({ record }) => record.values.status === "planned").toSorted((a, b) => (a.record.values.starts_at < b.record.values.starts_at ? -1 : 1))

/** Whether it is the day or the night of a session. @param {{starts_at: string}} session that took place @param {string} now */
export const isItsDay = ({ starts_at }, now) => hoursBetween(starts_at, now) >= 0 && hoursBetween(starts_at, now) < DAY_H

/**
 * Which words stand on a session's page, in that order: those that may be written now, and what no question there quotes.
 * @param {Values} values @param {string} now @returns {Own[]}
 */
export function ownFields(values, now) {
  const state = stateOf(values, now)
  if (state === "planned" || state === "due") return ["intention"]
  const hours = hoursBetween(values.starts_at, now)
  const open = REFLECTIONS.filter(({ key, after_h }) => values[key] || (state !== "cancelled" && hours >= after_h)).map(({ key }) => key)
  return [...open, ...(values.intention && open.every((key) => values[key]) ? [/** @type {const} */ ("intention")] : [])]
}

/** The entries around a session, oldest first: from the day before to a week after, or to the next one. @param {Row[]} entries @param {Values} values @param {string} [next] */
export const around = (entries, { starts_at }, next) =>
  entries
    .filter(({ record: { values } }) => hoursBetween(values.occurred_at, starts_at) <= DAY_H && hoursBetween(starts_at, values.occurred_at) <= AROUND_H
      && (!next || values.occurred_at < next))
    .toSorted((a, b) => (a.record.values.occurred_at < b.record.values.occurred_at ? -1 : 1))

/** The earliest instant that `around` needs, as a day. @param {Values} values */
export const aroundFrom = ({ starts_at }) => addDays(starts_at.slice(0, 10), -2)

/**
 * The person's own words that a reflection looks back on, the oldest first.
 * @param {Own} field @param {Values} values @param {Row[]} entries around the session
 * @returns {{of: "intention" | "reflection_24h" | "entry", text: string, values?: Values}[]}
 */
export function quotesFor(field, values, entries) {
  if (field === "intention") return []
  const until = field === "reflection_24h" ? NEXT_DAY_H : AROUND_H
  const written = entries
    .filter(({ record }) => record.values.occurred_at >= values.starts_at && hoursBetween(values.starts_at, record.values.occurred_at) <= until)
    .flatMap(({ record }) => [record.values.keep, record.values.note].filter((text) => text?.trim()).map((text) => ({ of: /** @type {const} */ ("entry"), text, values: record.values })))
    .slice(0, MOST_QUOTES)
  return [
    ...(values.intention ? [{ of: /** @type {const} */ ("intention"), text: values.intention }] : []),
    ...written,
    ...(field === "reflection_7d" && values.reflection_24h ? [{ of: /** @type {const} */ ("reflection_24h"), text: values.reflection_24h }] : []),
  ]
}

/** Which of them were written in a form, and what each may be. @param {Record<string, any>} form @returns {[keyof typeof VITALS, string, readonly [number, number]][]} */
const vitalsOf = (form) => {
  const names = /** @type {(keyof typeof VITALS)[]} */ (Object.keys(VITALS))
  return names.flatMap((name) => (form[name]?.trim() ? [[name, form[name].trim(), VITALS[name]]] : []))
}

/** What a telephone can call; nothing where there is no number. @param {string} text */
export const telOf = (text) => text.replace(/[^\d+]/g, "")

/** @param {string} dose */
const numberIn = (dose) => Number(String(dose).replace(",", "."))
