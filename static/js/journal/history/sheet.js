/** Days of entries as they are scrolled: drawn a few at a time, each once, so that ten years scroll as one day does. */
import { account } from "../../accounts/account.js"
import { dayWords } from "../../base/time-words.js"
import { html, useEffect, useMemo, useRef, useState } from "../../base/ui.js"
import { Entry } from "./entry.js"
import { byDay } from "./rules.js"

/** Few enough for one frame of a slow phone. */
const ROWS_AT_ONCE = 2
/** A screen full. */
const ROWS_AT_FIRST = 8
/** Drawn before it is scrolled to. */
const AHEAD = "1500px"

/** @typedef {import("./rules.js").Row} Row */

/**
 * @param {{rows: Row[], terms?: string[], onEnd?: () => void}} props `terms` are marked where they were found; `onEnd` is called
 * when all rows are drawn and more could be
 */
export function Sheet({ rows, terms = NONE, onEnd }) {
  const [shown, setShown] = useState(ROWS_AT_FIRST)
  const end = useRef(/** @type {HTMLElement | null} */ (null))
  const startsAt = account.value?.day_starts_at
  const days = useMemo(() => byDay(rows, startsAt), [rows, startsAt])
  const tens = useMemo(() => byTens(days), [days])
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
    ${tens.filter(({ first }) => first < until).map(({ ten, first, of }) =>
      html`<${Ten} key=${ten} of=${of} count=${Math.min(of.length, until - first)} terms=${terms} />`)}
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

/** The days that share all but the last digit of their date, and how many come before them. @param {[string, Row[]][]} days */
function byTens(days) {
  /** @type {{ten: string, first: number, of: [string, Row[]][]}[]} */
  const tens = []
  days.forEach((one, first) => {
    const ten = one[0].slice(0, -1)
    if (tens.at(-1)?.ten !== ten) tens.push({ ten, first, of: [] })
    tens.at(-1)?.of.push(one)
  })
  return tens
}

/**
 * The first of some ten days: a frame lays out those that it changes, and not ten years of days. Where they are as they were
 * none of them is even looked at.
 * @this {any} @param {{of: [string, Row[]][], count: number, terms: string[]}} props
 */
function Ten({ of, count, terms }) {
  this.shouldComponentUpdate = (/** @type {any} */ next) => next.of !== of || next.count !== count || next.terms !== terms
  return html`<div class="days">${of.slice(0, count).map(([day, rows]) => html`<${Day} key=${day} day=${day} rows=${rows} terms=${terms} />`)}</div>`
}

/** A day that is as it was is not drawn again. @this {any} @param {{day: string, rows: Row[], terms: string[]}} props */
function Day({ day, rows, terms }) {
  this.shouldComponentUpdate = (/** @type {any} */ next) =>
    next.terms !== terms || next.rows.length !== rows.length || rows.some((row, i) => row !== next.rows[i])
  return html`
    <section class="day">
      <h2><a href=${`#/history/day/${day}`}>${dayWords(day, { weekday: true })}</a></h2>
      ${rows.map((row) => html`<${Entry} key=${row.id} row=${row} terms=${terms} />`)}
    </section>`
}
