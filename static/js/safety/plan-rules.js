/** The safety plan: its parts, what is written becomes, and which parts may be read while the app is locked. Pure. */

/** In the order in which they help: what I notice, what I do, who is there, how it stays safe. */
export const PARTS = /** @type {const} */ ([
  "warning_signs", "brings_me_back", "own_coping", "distractions", "people", "professionals", "safer_surroundings", "reasons",
])
/** So much of one part is kept; the server takes as many lines, and longer ones. */
export const LONGEST = 2_000
const MOST_LINES = 50
const NUMBER = /\+?\d[\d ()/-]*\d/g
/** Hours and dates are shorter, or have no three figures in a row. */
const LEAST_FIGURES = 6

/** @typedef {typeof PARTS[number]} Part */
/** @typedef {Partial<Record<Part, string[]>>} Lines */
/** @typedef {{values: Record<string, any>, alternatives?: Record<string, any>}} Told what the record of a plan says */

/** What each part says: where two devices wrote one apart, all of it. @param {Told | undefined} record @returns {Lines} */
export function linesOf(record) {
  const found = PARTS.map((part) => [part, joined(record?.values[part], ...(record?.alternatives?.[part] ?? []))])
  return Object.fromEntries(found.filter(([, lines]) => lines.length))
}

/** The fields of the form, a line for each thing. @param {Lines} lines @returns {Record<string, string>} */
export const fieldsOf = (lines) => Object.fromEntries(PARTS.map((part) => [part, (lines[part] ?? []).join("\n")]))

/**
 * The values to keep; a part with nothing in it is none, and can't be shown while locked either.
 * @param {Record<string, any>} fields texts by part, and `locked_too` @returns {Record<string, any>}
 */
export function valuesOf(fields) {
  const lines = PARTS.map((part) => /** @type {[Part, string[]]} */ ([part, joined(String(fields[part] ?? "").split("\n"))])).filter(([, found]) => found.length)
  const locked_too = lines.map(([part]) => part).filter((part) => fields.locked_too?.includes(part))
  return { ...Object.fromEntries(lines), ...(locked_too.length ? { locked_too } : {}) }
}

/** The parts that the person chose to have at hand while locked. @param {Told | undefined} record @returns {Lines} */
export function openLines(record) {
  const chosen = record?.values.locked_too ?? []
  return Object.fromEntries(Object.entries(linesOf(record)).filter(([part]) => chosen.includes(part)))
}

/**
 * A line in pieces, so that a number in it can be called: joined they are the line.
 * @param {string} line @returns {{text: string, isNumber: boolean}[]}
 */
export function piecesOf(line) {
  const pieces = []
  let end = 0
  for (const { 0: text, index } of line.matchAll(NUMBER)) {
    if (!/\d{3}/.test(text) && text.replace(/\D/g, "").length < LEAST_FIGURES) continue
    pieces.push({ text: line.slice(end, index), isNumber: false }, { text, isNumber: true })
    end = index + text.length
  }
  return [...pieces, { text: line.slice(end), isNumber: false }].filter(({ text }) => text)
}

/** Every line once, without what stands around it. @param {(string[] | undefined | null)[]} lists @returns {string[]} */
const joined = (...lists) => [...new Set(lists.flatMap((list) => list ?? []).map((line) => line.trim()).filter(Boolean))].slice(0, MOST_LINES)
