/** A change in words, by the lines that its instrument is read by (CLINICAL 4): whoever has no measurement error told says nothing of one. */
import { words } from "./words.js"

/**
 * Those that are not read by the measurement error: by a line of their own, or by what people notice alone. By id, for a
 * reader's page knows no licensed instrument's data.
 * @type {Record<string, string>}
 */
const LINES = { "who-5": "own", peg: "own", isi: "noticed" }

/** By which lines. @param {string} instrument its id */
const linesOf = (instrument) => LINES[instrument] ?? "error"

/** @param {string} instrument its id @param {string | null} reading of the wire @returns {string} empty where nothing is said */
export const readingInWords = (instrument, reading) => (reading && words.reading[linesOf(instrument)][reading]) ?? ""

/**
 * What a person is told where something got clearly harder; empty where nothing did.
 * @param {{instrument: string, reading: string | null}[]} moves
 */
export function harderInWords(moves) {
  const lines = moves.filter(({ reading }) => reading === "beyond_error_worse").map(({ instrument }) => linesOf(instrument))
  return lines.length ? words.harder[lines.includes("error") ? "error" : lines[0]] : ""
}
