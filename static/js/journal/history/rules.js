/** What was written, by day; where it was written; and what of it a search finds. Pure. */
import { localDay, wall } from "../../base/time.js"

/** @typedef {import("../../records/store.js").Row} Row */

/** Rows by the local day they belong to, newest first. @param {Row[]} rows @param {string} [startsAt] when days turn @returns {[string, Row[]][]} */
export function byDay(rows, startsAt) {
  /** @type {Map<string, Row[]>} */
  const days = new Map()
  for (const row of rows.toSorted((a, b) => (a.at < b.at ? 1 : -1))) {
    const day = localDay(row.at, row.record.values.zone, startsAt)
    const found = days.get(day)
    if (found) found.push(row)
    else days.set(day, [row])
  }
  return [...days].toSorted(([a], [b]) => (a < b ? 1 : -1))
}

/** What was deleted here a moment ago keeps its place. @param {Row[]} rows @param {Row[]} gone */
export function withDeleted(rows, gone) {
  const ids = new Set(rows.map(({ id }) => id))
  return [...rows, ...gone.filter(({ id }) => !ids.has(id))]
}

/**
 * Where an instant was lived, if the clock there shows another time than here: "Lisbon"; empty otherwise.
 * @param {string} instant @param {string} zone @param {string} here
 */
export function placeOf(instant, zone, here) {
  const [there, mine] = [wall(instant, zone), wall(instant, here)]
  if (there.day === mine.day && there.time === mine.time) return ""
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ")
}

/** Everything of a record that was written in words. @param {Row["record"]} record @returns {string[]} */
export const textsOf = ({ values, alternatives }) =>
  [values.note, ...(alternatives.note ?? []), values.keep, values.before_it, values.what_helped, values.intention, values.reflection_24h, values.reflection_7d].filter(Boolean)

/** Without marks above and below letters and what has no width, and in lower case; letter by letter the same. @param {string} text */
export const folded = (text) => text.normalize("NFKD").replace(/[\p{M}\p{Cf}]/gu, "").toLowerCase().replaceAll("ς", "σ")

/** The words that are looked for. @param {string} query @returns {string[]} */
export const termsOf = (query) => folded(query).split(/\s+/).filter(Boolean)

/** Whether every term stands somewhere in the texts, given folded. @param {string[]} texts @param {string[]} terms */
export const isFound = (texts, terms) => terms.every((term) => texts.some((text) => text.includes(term)))

/**
 * A text in pieces, so that what was found can be marked: joined they are the text, letter for letter.
 * @param {string} text @param {string[]} terms folded @returns {{text: string, isFound: boolean}[]}
 */
export function marked(text, terms) {
  const { plain, starts } = foldedWithPlaces(text)
  const found = new Uint8Array(text.length)
  for (const term of terms) {
    for (let at = plain.indexOf(term); term && at >= 0; at = plain.indexOf(term, at + term.length)) {
      found.fill(1, starts[at], starts[at + term.length])
    }
  }
  /** @type {{text: string, isFound: boolean}[]} */
  const pieces = []
  for (let from = 0, to = 1; from < text.length; from = to++) {
    while (to < text.length && found[to] === found[from]) to++
    pieces.push({ text: text.slice(from, to), isFound: found[from] === 1 })
  }
  return pieces
}

/** Where each place of the folded text begins in the text itself; a mark belongs to the letter it stands on. @param {string} text */
function foldedWithPlaces(text) {
  let plain = ""
  /** @type {number[]} */
  const starts = []
  let at = 0
  for (const letter of text) {
    const piece = folded(letter)
    for (let i = 0; i < piece.length; i++) starts.push(at)
    plain += piece
    at += letter.length
  }
  starts.push(text.length)
  return { plain, starts }
}

/** The weeks of a month, from `firstDay` (1 is Monday), with null before and after it. @param {string} month "2026-11" @param {number} firstDay @returns {(string | null)[][]} */
export function weeksOf(month, firstDay) {
  const [year, number] = month.split("-").map(Number)
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const blank = (new Date(`${month}-01T00:00Z`).getUTCDay() - (firstDay % 7) + 7) % 7
  const days = Array.from({ length: last }, (_, i) => `${month}-${String(i + 1).padStart(2, "0")}`)
  const cells = [...Array(blank).fill(null), ...days]
  while (cells.length % 7) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** The month so many months on: "2026-12" after "2026-11". @param {string} month @param {number} count */
export function monthsOn(month, count) {
  const [year, number] = month.split("-").map(Number)
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7)
}

/** @param {string} text */
export const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
/** @param {string} text */
export const isMonth = (text) => isDay(`${text}-01`)
