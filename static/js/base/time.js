/** Days and instants in figures. Instants are ISO text in UTC, days are "YYYY-MM-DD". */

export const DAY_STARTS_AT = "04:00"
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** No zone has changed its clock and changed it back within so little. */
const SPAN_MS = 4 * DAY_MS

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map()

/** Making one is slow, and ten years of entries ask often. @param {Intl.DateTimeFormatOptions} options @param {string} language */
export function format(options, language) {
  const key = language + JSON.stringify(options)
  let found = formats.get(key)
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(language, options)))
  return found
}

/** The present instant. */
export const now = () => new Date().toISOString()

let here = ""
let readAt = 0
/** The zone this device is in, an IANA name. It is slow to ask, and nobody travels within a second. */
export function hereZone() {
  if (here && performance.now() - readAt < 1000) return here
  readAt = performance.now()
  return (here = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC")
}

/**
 * The wall clock at `instant` in `zone`: `day` and `time` ("20:41").
 * @param {string | number} instant @param {string} zone
 */
export function wall(instant, zone) {
  const ms = typeof instant === "number" ? instant : Date.parse(instant)
  const local = new Date(ms + offsetAt(ms, zone)).toISOString()
  return { day: local.slice(0, -14), time: local.slice(-13, -8) }
}

/** @type {Map<string, number>} */
const offsets = new Map()

/** How far the clock in `zone` is ahead of UTC, in milliseconds. Intl is slow, and ten years of entries ask often. @param {number} ms @param {string} zone */
function offsetAt(ms, zone) {
  const span = Math.floor(ms / SPAN_MS)
  const [before, after] = [offsetAtEdge(span, zone), offsetAtEdge(span + 1, zone)]
  return before === after ? before : exactOffset(ms, zone)
}

/** @param {number} span @param {string} zone */
function offsetAtEdge(span, zone) {
  const key = `${span} ${zone}`
  let found = offsets.get(key)
  if (found === undefined) offsets.set(key, (found = exactOffset(span * SPAN_MS, zone)))
  return found
}

/** @param {number} ms @param {string} zone */
function exactOffset(ms, zone) {
  if (zone === hereZone()) return -new Date(ms).getTimezoneOffset() * 60_000
  const parts = format(
    { timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" },
    "en-GB",
  ).formatToParts(new Date(ms))
  const [year, month, day, hour, minute, second] = ["year", "month", "day", "hour", "minute", "second"].map((type) =>
    Number(parts.find((part) => part.type === type)?.value),
  )
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000
}

/**
 * The local day an instant belongs to; a day turns at `startsAt`.
 * @param {string | number} instant @param {string} zone @param {string} [startsAt]
 */
export function localDay(instant, zone, startsAt = DAY_STARTS_AT) {
  const { day, time } = wall(instant, zone)
  return time < startsAt ? addDays(day, -1) : day
}

/** Whether it is the evening or the night. @param {string} time of the wall clock */
export const isEvening = (time) => time >= "17:00" || time < "05:00"

/**
 * The instant of a wall time ("2026-11-23T20:41") in `zone`: the first one when it comes twice, and as much later as the
 * clock was put forward when it does not come at all.
 * @param {string} local @param {string} zone
 */
export function instantOf(local, zone) {
  const wanted = Date.parse(`${local.slice(0, 16)}:00Z`)
  const guesses = [wanted - DAY_MS, wanted + DAY_MS].map((ms) => wanted - offsetAt(ms, zone))
  const exact = guesses.filter((ms) => ms + offsetAt(ms, zone) === wanted)
  return new Date(exact.length ? Math.min(...exact) : Math.max(...guesses)).toISOString()
}

/** @param {string} day @param {number} count */
export function addDays(day, count) {
  return new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MS).toISOString().slice(0, 10)
}

/** Whole days from `from` to `to`. @param {string} from @param {string} to */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS)
}

/** Hours from one instant to another. @param {string} from @param {string} to */
export const hoursBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / HOUR_MS
