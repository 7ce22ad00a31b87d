/** An entry in words. */

const SHORT = { mood: "mood", anxiety: "anxiety", dissociation: "detached" }
export const AUDIENCES = /** @type {Record<string, string>} */ ({
  me: "only me",
  therapist: "my therapist",
  prescriber: "my prescriber",
  both: "therapist and prescriber",
})
export const SIDE_EFFECTS = /** @type {Record<string, string>} */ ({
  nausea: "Nausea",
  headache: "Headache",
  dizziness: "Dizziness",
  sleepiness: "Sleepiness",
  blurred_vision: "Blurred or double vision",
  heart_beat: "Raised heart beat",
  urinary_urgency: "Sudden need to pass urine",
  urinary_frequency: "Passing urine often",
  urinary_pain: "Pain passing urine",
  bladder_discomfort: "Low bladder comfort",
  foggy_thinking: "Foggy thinking",
  memory_trouble: "Memory trouble",
  other: "Something else",
})

/** "mood 6 · anxiety 3". @param {Record<string, any>} values */
export function ratingsWords(values) {
  const parts = Object.entries(SHORT).flatMap(([key, word]) => (typeof values[key] === "number" ? [`${word} ${values[key]}`] : []))
  if (parts.length) return parts.join(" · ")
  return values.note ? "" : "a moment noted, no answers"
}

/** The folded answers, a line each. @param {Record<string, any>} values @returns {string[]} */
export function extrasWords(values) {
  const lines = []
  if (values.dissociation_tone) lines.push(`detached, ${values.dissociation_tone}`)
  if (typeof values.sleep_hours === "number") lines.push(`${values.sleep_hours} hours slept`)
  if (typeof values.rested === "number") lines.push(`rested ${values.rested}`)
  for (const [key, strength] of Object.entries(values.side_effects ?? {})) {
    if (strength && strength !== "none") lines.push(`${(SIDE_EFFECTS[key] ?? key).toLowerCase()}, ${strength}`)
  }
  return lines
}

/** A treatment session in a list. @param {Record<string, any>} values */
export function sessionWords({ status }) {
  const words = { planned: "Session planned", cancelled: "Session cancelled", stopped_early: "Session, stopped early" }
  return words[/** @type {"planned"} */ (status)] ?? "Session"
}
