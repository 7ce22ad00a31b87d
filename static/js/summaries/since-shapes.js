/** Where things stand in the chart of what followed each session. Pure. */
import { DAYS } from "./weeks.js"

/** More lines than this can't be told apart. */
export const MOST = 8
const LOOKS = ["latest", "before", "third"]
/** A letter of the smallest text and its line, in rem. */
const LETTER = 0.47
const LINE = 1.05
const APART = 0.45

/** A line that nothing was added to for so long ends, and begins anew: a gap stays a gap. */
const GAP_H = 48

/** @typedef {import("./curves.js").Curve} Curve */
/** @typedef {import("./curves.js").Point} Point */
/** @typedef {{words: string, x: number, y: number}} End the last point of a line and what it is called */
/** @typedef {{left: number, right: number, top: number, bottom: number}} Box */

/**
 * The newest sessions with something to draw of a scale, the newest last, each with its look.
 * @param {Curve[]} curves oldest first @param {string} key of the scale
 */
export const drawnOf = (curves, key) =>
  curves
    .map(({ id, day, curve }) => ({ id, day, told: valuesOf(curve, key) }))
    .filter(({ told }) => told.length)
    .slice(-MOST)
    .map((curve, i, all) => ({ ...curve, look: LOOKS[all.length - 1 - i] ?? "older" }))

/** The answers to one scale. @param {Point[]} curve @param {string} key @returns {{hours: number, value: number}[]} */
const valuesOf = (curve, key) =>
  curve.flatMap((/** @type {Record<string, any>} */ point) => (typeof point[key] === "number" ? [{ hours: point.hours, value: point[key] }] : []))

/**
 * The pieces of one line.
 * @param {{hours: number, value: number}[]} told in their order @param {(days: number) => number} x @param {(value: number) => number} y
 * @returns {{x: number, y: number}[][]}
 */
export function piecesOf(told, x, y) {
  /** @type {{x: number, y: number}[][]} */
  const found = []
  told.forEach(({ hours, value }, i) => {
    const point = { x: x(Math.min(hours / 24, DAYS)), y: y(value) }
    if (i && hours - told[i - 1].hours <= GAP_H) found[found.length - 1].push(point)
    else found.push([point])
  })
  return found
}

/**
 * Names beside the ends of their lines, those first in the list first; one that would cover another is left out.
 * @param {End[]} ends @param {Box} within the chart @param {number} rem @param {Box[]} [taken] where other words stand
 * @returns {{words: string, x: number, y: number, anchor: "start" | "end"}[]} `y` of the middle of the text
 */
export function named(ends, within, rem, taken = []) {
  return ends.flatMap(({ words, x, y }) => {
    const long = words.length * LETTER * rem
    for (const up of [0, -0.9, 0.9, -1.5, 1.5]) {
      const middle = y + up * rem
      const isBeside = x + APART * rem + long <= within.right
      const left = isBeside ? x + APART * rem : within.right - long
      const box = { left, right: left + long, top: middle - (LINE / 2) * rem, bottom: middle + (LINE / 2) * rem }
      const isIn = box.top >= within.top && box.bottom <= within.bottom
      // Where there is no room beside it a name would lie on the line itself.
      if (!isIn || (!isBeside && up === 0) || taken.some((one) => covers(one, box))) continue
      taken = [...taken, box]
      return [{ words, x: isBeside ? left : within.right, y: middle, anchor: /** @type {"start" | "end"} */ (isBeside ? "start" : "end") }]
    }
    return []
  })
}

/**
 * Where the lines themselves run, as small boxes that no name may cover: a name over a line hides what it names.
 * @param {{x: number, y: number}[][]} pieces @param {number} rem @returns {Box[]}
 */
export function alongside(pieces, rem) {
  const half = 0.25 * rem
  return pieces.flatMap((piece) => piece.flatMap((to, i) => {
    const from = piece[i - 1] ?? to
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / half))
    return Array.from({ length: steps }, (_, step) => {
      const [x, y] = [to.x - ((to.x - from.x) * step) / steps, to.y - ((to.y - from.y) * step) / steps]
      return { left: x - half, right: x + half, top: y - half, bottom: y + half }
    })
  }))
}

/** @param {Box} a @param {Box} b */
const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
