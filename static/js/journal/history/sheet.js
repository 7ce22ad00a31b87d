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
/** @typedef {{rows: Row[], terms: string[], drawn: any}} Kept */

/**
 * @param {{rows: Row[], terms?: string[], onEnd?: () => void}} props `terms` are marked where they were found; `onEnd` is called
 * when all rows are drawn and more could be
 */
export function Sheet({ rows, terms = NONE, onEnd }) {
  const [shown, setShown] = useState(ROWS_AT_FIRST)
  const kept = useRef(/** @type {Map<string, Kept>} */ (new Map()))
  const end = useRef(/** @type {HTMLElement | null} */ (null))
  const startsAt = account.value?.day_starts_at
  const days = useMemo(() => byDay(rows, startsAt), [rows, startsAt])
  const some = firstOf(days, shown)
  const isAll = some.length === days.length

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
    ${some.map(([day, of]) => drawn(kept.current, day, of, terms))}
    <p ref=${end} class="end"></p>`
}

/** @type {string[]} */
const NONE = []

/** The first days, with at least so many rows. @param {[string, Row[]][]} days @param {number} count */
function firstOf(days, count) {
  let rows = 0
  const until = days.findIndex(([, of]) => (rows += of.length) >= count)
  return until < 0 ? days : days.slice(0, until + 1)
}

/** A day that is as it was is not drawn again. @param {Map<string, Kept>} kept @param {string} day @param {Row[]} rows @param {string[]} terms */
function drawn(kept, day, rows, terms) {
  const before = kept.get(day)
  const isSame = before && before.terms === terms && before.rows.length === rows.length && before.rows.every((row, i) => row === rows[i])
  if (isSame) return before.drawn
  const now = html`
    <section key=${day} class="day">
      <h2><a href=${`#/history/day/${day}`}>${dayWords(day, { weekday: true })}</a></h2>
      ${rows.map((row) => html`<${Entry} key=${row.id} row=${row} terms=${terms} />`)}
    </section>`
  kept.set(day, { rows, terms, drawn: now })
  return now
}
