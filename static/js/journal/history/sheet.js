/** Days of entries as they are scrolled: drawn a few at a time, each once, so that ten years scroll as one day does. */
import { account } from "../../accounts/account.js"
import { dayWords } from "../../base/time-words.js"
import { html, useEffect, useMemo, useRef, useState } from "../../base/ui.js"
import { Entry } from "./entry.js"
import { byDay } from "./rules.js"

/** Few enough for one frame of a slow phone. */
const ROWS_AT_ONCE = 4
/** A screen full. */
const ROWS_AT_FIRST = 8
/** Drawn before it is scrolled to. */
const AHEAD = "1500px"

/** @typedef {import("./rules.js").Row} Row */
/** @typedef {{of: any[], drawn: any}} Kept by day and, since a frame lays out the month that it changes and not ten years of days, by month */
/** @typedef {Map<string, Kept>} Keeper */

/**
 * @param {{rows: Row[], terms?: string[], onEnd?: () => void}} props `terms` are marked where they were found; `onEnd` is called
 * when all rows are drawn and more could be
 */
export function Sheet({ rows, terms = NONE, onEnd }) {
  const [shown, setShown] = useState(ROWS_AT_FIRST)
  // `whole` months are known by what they are made from: of what is far above not even the days are looked at.
  const { whole, kept } = useRef(/** @type {Record<"whole" | "kept", Keeper>} */ ({ whole: new Map(), kept: new Map() })).current
  const end = useRef(/** @type {HTMLElement | null} */ (null))
  const startsAt = account.value?.day_starts_at
  const days = useMemo(() => byDay(rows, startsAt), [rows, startsAt])
  const months = useMemo(() => byMonth(days), [days])
  const until = countOf(days, shown)
  const isAll = until === days.length

  useEffect(() => {
    if (isAll && !onEnd) return
    const watch = new IntersectionObserver(
      // Several come at once where a frame was long: how it is now stands last.
      (seen) => seen.at(-1)?.isIntersecting && (isAll ? onEnd?.() : setShown(shown + ROWS_AT_ONCE)),
      { rootMargin: AHEAD },
    )
    if (end.current) watch.observe(end.current)
    return () => watch.disconnect()
  }, [isAll, shown, onEnd, rows.length])

  return html`
    ${months.filter(({ first }) => first < until).map(({ month, first, of }) => {
      const count = Math.min(of.length, until - first)
      return drawn(whole, month, [of, count, terms], () => {
        const each = of.slice(0, count).map(([day, rows]) => drawn(kept, day, [terms, ...rows], () => dayOf(day, rows, terms)))
        return drawn(kept, month, each, () => html`<div key=${month} class="days">${each}</div>`)
      })
    })}
    <div ref=${end} class="end"></div>`
}

/** @type {string[]} */
const NONE = []

/** How many of the first days have at least so many rows. @param {[string, Row[]][]} days @param {number} count */
function countOf(days, count) {
  let rows = 0
  const last = days.findIndex(([, of]) => (rows += of.length) >= count)
  return last < 0 ? days.length : last + 1
}

/** The days of each month, and how many come before it. @param {[string, Row[]][]} days */
function byMonth(days) {
  /** @type {{month: string, first: number, of: [string, Row[]][]}[]} */
  const months = []
  days.forEach((one, first) => {
    const month = one[0].slice(0, 7)
    if (months.at(-1)?.month !== month) months.push({ month, first, of: [] })
    months.at(-1)?.of.push(one)
  })
  return months
}

/** What is as it was is not drawn again. @param {Keeper} kept @param {string} key @param {any[]} of what it is made of @param {() => any} draw */
function drawn(kept, key, of, draw) {
  const before = kept.get(key)
  if (before && before.of.length === of.length && before.of.every((one, i) => one === of[i])) return before.drawn
  const now = draw()
  kept.set(key, { of, drawn: now })
  return now
}

/** @param {string} day @param {Row[]} rows @param {string[]} terms */
const dayOf = (day, rows, terms) => html`
  <section key=${day} class="day">
    <h2><a href=${`#/history/day/${day}`}>${dayWords(day, { weekday: true })}</a></h2>
    ${rows.map((row) => html`<${Entry} key=${row.id} row=${row} terms=${terms} />`)}
  </section>`
