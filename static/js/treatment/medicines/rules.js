/** Medicines: which are taken now, what a form becomes, and the days that stand as marks beside the lines. Pure. */
import { localDay } from "../../base/time.js"

/** @typedef {{id: string, record: {values: Record<string, any>}}} Row */
/** @typedef {import("../../base/chart-marks.js").Mark} Mark */

/** Those taken on a day, and those of before, each the newest first. @template {Row} T @param {T[]} rows @param {string} today */
export function sorted(rows, today) {
  const isPast = (/** @type {Row} */ { record: { values } }) => Boolean(values.to) && values.to < today
  const newest = rows.toSorted((a, b) => (a.record.values.from + a.id < b.record.values.from + b.id ? 1 : -1))
  return { taken: newest.filter((row) => !isPast(row)), before: newest.filter(isPast) }
}

/** The values of a medicine: what the form does not ask stays as it is. @param {Record<string, any>} before @param {Record<string, string>} form */
export function medicineOf(before, form) {
  const values = { ...before, name: form.name.trim(), dose_text: form.dose_text.trim(), from: form.from, to: form.to, audience: form.audience }
  return /** @type {Record<string, any>} */ (Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "" && value !== null)))
}

/** What is wrong in a form: the field, or nothing. @param {Record<string, string>} form @returns {"name" | "from" | "to" | null} */
export const faultIn = ({ name, from, to }) => (!name.trim() ? "name" : !from ? "from" : to && to < from ? "to" : null)

/**
 * What stands as marks beside the lines: meetings that have begun, the first and the last days of medicines.
 * @param {Row[]} meetings @param {Row[]} medicines @param {string} now @param {string} [startsAt] @returns {Mark[]} by day
 */
export function marksOf(meetings, medicines, now, startsAt) {
  const met = meetings.map(({ record: { values } }) => values).filter(({ starts_at }) => starts_at <= now)
    .map(({ starts_at, zone }) => /** @type {Mark} */ ({ day: localDay(starts_at, zone, startsAt), kind: "meeting", name: "" }))
  const taken = medicines.flatMap(({ record: { values: { name, from, to } } }) => [
    /** @type {Mark} */ ({ day: from, kind: "first_day", name }), ...(to ? [/** @type {Mark} */ ({ day: to, kind: "last_day", name })] : []),
  ])
  return [...met, ...taken].toSorted((a, b) => (a.day + a.kind + a.name < b.day + b.kind + b.name ? -1 : 1))
}
