/** A bad stretch: five days with entries in a row, each well below what the days before them were. Pure, and humble: it is said once. */
import { hoursBetween, localDay } from "../base/time.js"

const HARDER_BY = 2
const LONG = 5
/** What "before" is made of: at most so many days with a mood, and at least so many. */
const BEFORE_MOST = 28
const BEFORE_LEAST = 7
/** Days with entries that lie further apart than this are no stretch. */
const WITHIN_H = 10 * 24

/**
 * Whether the newest entry begins the fifth harder day: not before it, and not again after it. A day's mood is the mean of its
 * entries; harder is at least 2 below the median of up to 28 days with a mood before the five. Where that median leaves less room
 * than 2, harder is as low as the scale goes. At a median of 0 no day can be told to be harder, and nothing is said: each 0 has the
 * card already.
 * @param {{at: string, values: Record<string, any>}[]} entries newest first @param {string} [startsAt] when days turn
 */
export function isStretchToSay(entries, startsAt) {
  const [newest, ...before] = entries.filter(({ values }) => typeof values.mood === "number")
  return Boolean(newest) && isStretch([newest, ...before], startsAt) && !isStretch(before, startsAt)
}

/** Whether the last five days with a mood were harder, and the day before them was not. @param {{at: string, values: Record<string, any>}[]} entries @param {string} [startsAt] */
function isStretch(entries, startsAt) {
  /** @type {Map<string, number[]>} newest day first */
  const days = new Map()
  for (const { at, values } of entries) {
    const day = localDay(at, values.zone, startsAt)
    days.set(day, [...(days.get(day) ?? []), values.mood])
    if (days.size > LONG + BEFORE_MOST) break
  }
  const moods = [...days.values()].map((given) => given.reduce((sum, mood) => sum + mood, 0) / given.length)
  const earlier = moods.slice(LONG, LONG + BEFORE_MOST)
  const [first, last] = [[...days.keys()][0], [...days.keys()][LONG - 1]]
  if (earlier.length < BEFORE_LEAST || hoursBetween(`${last}T00:00Z`, `${first}T00:00Z`) > WITHIN_H) return false
  const middle = median(earlier)
  const harder = Math.max(middle - HARDER_BY, 0)
  return middle > 0 && moods.slice(0, LONG).every((mood) => mood <= harder) && moods[LONG] > harder
}

/** @param {number[]} numbers */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
