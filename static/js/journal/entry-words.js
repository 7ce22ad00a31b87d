/** An entry in a few words. */
import { words } from "./words.js"

/** "mood 6 · anxiety 3". @param {Record<string, any>} values */
export function ratingsWords(values) {
  const parts = Object.entries(words.scale).flatMap(([key, word]) => (typeof values[key] === "number" ? [`${word} ${values[key]}`] : []))
  if (parts.length) return parts.join(" · ")
  return values.note ? "" : words.no_answers
}
