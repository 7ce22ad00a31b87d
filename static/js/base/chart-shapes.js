/** The pure part of a chart: which points make one line, where labels stand. */
import { addDays, daysBetween } from "./time.js"

/** @typedef {{day: string, [key: string]: any}} Day */
/** @typedef {{x: number, y: number}} Point */

/** How many days one point stands for: more than a line a person can follow would be a smear. @param {string} from @param {string} to */
export function stepOf(from, to) {
  const days = daysBetween(from, to)
  return days > 1100 ? 28 : days > 200 ? 7 : 1
}

/**
 * Days drawn together: for each `step` days from `from` the mean of the days that have a figure, and how many entries were remembered later.
 * @param {Day[]} daily within the period @param {string} from @param {number} step @param {string[]} keys @returns {Day[]}
 */
export function together(daily, from, step, keys) {
  if (step === 1) return daily
  /** @type {Map<number, Day[]>} */
  const spans = new Map()
  for (const entry of daily) {
    const span = Math.floor(daysBetween(from, entry.day) / step)
    spans.set(span, [...(spans.get(span) ?? []), entry])
  }
  return [...spans].map(([span, days]) => ({
    day: addDays(from, span * step),
    remembered_later: days.reduce((sum, day) => sum + (day.remembered_later ?? 0), 0),
    ...Object.fromEntries(keys.map((key) => [key, mean(days.map((day) => day[key]))])),
  }))
}

/** The mean of those that are figures; null of none. @param {any[]} values @returns {number | null} */
export function mean(values) {
  const given = values.filter((value) => typeof value === "number")
  return given.length ? given.reduce((sum, value) => sum + value, 0) / given.length : null
}

/**
 * The pieces of one line: a day (or span) without a figure ends a piece, so a gap stays a gap.
 * @param {Day[]} daily @param {string} key @param {(day: string) => number} x @param {(value: number) => number} y
 * @param {number} [step] days from one point to the next
 * @returns {Point[][]}
 */
export function pieces(daily, key, x, y, step = 1) {
  /** @type {Point[][]} */
  const found = []
  let before = ""
  for (const entry of daily.toSorted((a, b) => (a.day < b.day ? -1 : 1))) {
    const value = entry[key]
    if (value === null || value === undefined) continue
    const point = { x: x(entry.day), y: y(value) }
    if (before !== "" && addDays(before, step) === entry.day) found[found.length - 1].push(point)
    else found.push([point])
    before = entry.day
  }
  return found
}

/** An SVG path through the points; nothing for a point alone, which has a mark. @param {Point[]} points */
export const pathOf = (points) =>
  points.length > 1 ? `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}` : ""

/** A disc, a diamond, an open square, drawn from their middle: told apart without colour. */
const MARKS = /** @type {Record<string, string>} */ ({
  mood: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  anxiety: "m0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z",
  dissociation: "m-4.5-4.5h9v9h-9z",
})

/** An SVG path of marks at the points of a line that stand alone, or at all of them. @param {string} key @param {Point[][]} pieces @param {boolean} [all] */
export const marksOf = (key, pieces, all = false) =>
  pieces.filter((points) => all || points.length === 1).flat().map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}${MARKS[key]}`).join("")

/**
 * Labels at the ends of their lines, moved apart until none covers another, kept between `top` and `bottom`.
 * @template {{y: number}} T @param {T[]} labels @param {number} apart @param {number} top @param {number} bottom
 * @returns {T[]}
 */
export function spread(labels, apart, top, bottom) {
  const placed = labels.map((label) => ({ ...label })).toSorted((a, b) => a.y - b.y)
  placed.forEach((label, i) => {
    label.y = Math.max(label.y, i ? placed[i - 1].y + apart : top)
  })
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i].y = Math.min(placed[i].y, i < placed.length - 1 ? placed[i + 1].y - apart : bottom)
  }
  return placed
}

/** Days to name below a chart, at even distances: the first and the last, and others between where there is room. @param {string} from @param {string} to @param {number} room for so many */
export function ticks(from, to, room) {
  const length = daysBetween(from, to)
  const parts = Math.max(1, Math.min(length, room < 3 ? 1 : room < 5 ? 2 : 4))
  return length < 1 ? [from] : Array.from({ length: parts + 1 }, (_, i) => addDays(from, Math.round((length * i) / parts)))
}
