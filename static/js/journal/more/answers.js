/** The folded answers of an entry, read back. */
import { number, timeWords } from "../../base/language.js"
import { words } from "./words.js"

/** By the fold they are asked in. @typedef {"away" | "sleep" | "body" | "own" | "asked"} Fold */

/**
 * The answers of one fold as short pieces, such as "6.5 hours slept".
 * @type {Record<Fold, (values: Record<string, any>) => (string | false)[]>}
 */
const PIECES = {
  away: (values) => [
    values.dissociation_tone && words.said_tone(words.tone[values.dissociation_tone]),
    ...(values.dissociation_kinds ?? []).map((/** @type {string} */ kind) => words.kinds[kind]),
    Boolean(values.away_from || values.away_to) && words.said_time(clock(values.away_from, values.zone), clock(values.away_to, values.zone)),
    typeof values.in_danger === "boolean" && words.said_danger(values.in_danger),
  ],
  sleep: (values) => [
    typeof values.sleep_hours === "number" && words.said_slept(number(values.sleep_hours)),
    typeof values.rested === "number" && words.said_rested(values.rested),
  ],
  body: (values) => [
    values.memory_gaps && words.said_gaps(words.gaps[values.memory_gaps]),
    ...Object.entries(values.side_effects ?? {}).map(([key, strength]) =>
      strength && strength !== "none" && words.said_effect(words.side_effect[key] ?? key, words.strength[strength])),
  ],
  own: (values) => Object.entries(values.own ?? {}).map(([name, rating]) => typeof rating === "number" && `${name} ${rating}`),
  asked: (values) => [values.compared && words.said_compared(words.compared[values.compared])],
}

/** The pieces of one fold. @param {Fold} fold @param {Record<string, any>} values */
export const piecesOf = (fold, values) => /** @type {string[]} */ (PIECES[fold](values).filter(Boolean))

/** All pieces of an entry, a line. @param {Record<string, any>} values */
export const extrasWords = (values) => /** @type {Fold[]} */ (Object.keys(PIECES)).flatMap((fold) => piecesOf(fold, values))

/** What was written beside the note, each with what it answers. @param {Record<string, any>} values */
export const textsWords = ({ keep, before_it, what_helped }) =>
  [keep && words.said_keep(keep), before_it && words.said_before(before_it), what_helped && words.said_helped(what_helped)].filter(Boolean)

/** A time of day as it stands in the form, or an instant. @param {string | undefined} time @param {string} zone */
const clock = (time, zone) => (!time ? "" : time.includes("T") ? timeWords(time, zone) : time)
