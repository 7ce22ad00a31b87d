/** An entry in words. */
import { number } from "../base/language.js"
import { words } from "./words.js"

/** "mood 6 · anxiety 3". @param {Record<string, any>} values */
export function ratingsWords(values) {
  const parts = Object.entries(words.scale).flatMap(([key, word]) => (typeof values[key] === "number" ? [`${word} ${values[key]}`] : []))
  if (parts.length) return parts.join(" · ")
  return values.note ? "" : words.no_answers
}

/** The folded answers, a line each. @param {Record<string, any>} values @returns {string[]} */
export function extrasWords(values) {
  const lines = []
  if (values.dissociation_tone) lines.push(words.detached(words.tone[values.dissociation_tone]))
  if (typeof values.sleep_hours === "number") lines.push(words.slept(number(values.sleep_hours)))
  if (typeof values.rested === "number") lines.push(words.rested(values.rested))
  for (const [key, strength] of Object.entries(values.side_effects ?? {})) {
    if (strength && strength !== "none") lines.push(`${(words.side_effect[key] ?? key).toLowerCase()}, ${words.strength[strength]}`)
  }
  return lines
}

/** A treatment session in a list. @param {Record<string, any>} values */
export const sessionWords = ({ status = "happened" }) => words.session[status] ?? words.session.happened
