/** What followed each session, on one axis of days since it: folded until it is opened, from what lies on this device. */
import { account } from "../accounts/account.js"
import { figure, frame, Grid, useSize } from "../base/chart-parts.js"
import { marksOf, pathOf, pieces } from "../base/chart-shapes.js"
import { daysBetween, hereZone, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useId, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { coursesOf } from "../records/told.js"
import { BetterDays } from "./better-days.js"
import { moodsOf, writtenThen } from "./rules.js"
import { alongside, drawnOf, MOST, named, weekly } from "./since-shapes.js"
import { curvesOf, DAYS, startOf } from "./weeks.js"
import { words } from "./words.js"

const BESIDE_REM = 3.4
/** Below so much room names stand within the chart. */
const NARROW_REM = 16
/** A letter of the smallest text, with room to spare. */
const LETTER_REM = 0.52

/** @param {{sessions: import("../records/told.js").Session[]}} props that took place, oldest first */
export function Since({ sessions }) {
  const [isOpen, setOpen] = useState(false)
  return html`
    <details class="fold since" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary><h2>${words.after}</h2></summary>
      ${isOpen ? html`<${Opened} sessions=${sessions} />` : html`<p></p>`}
    </details>`
}

/** @param {{sessions: import("../records/told.js").Session[]}} props */
function Opened({ sessions }) {
  const entries = useRows("check_in")
  const courses = useRows("course")
  if (!entries || !courses) return html`<p class="soft small" role="status">${words.reading}</p>`
  const startsAt = account.value?.day_starts_at
  const today = localDay(now(), hereZone(), startsAt)
  const dated = sessions.map(({ id, starts_at, zone, course_id }) => ({ id, course_id, day: localDay(starts_at, zone, startsAt) }))
  const moods = moodsOf(writtenThen(entries), sessions, startsAt)
  const start = startOf(dated, moodsOf(entries, sessions, startsAt), today, coursesOf(courses))
  return html`
    <div>
      <${BetterDays} ...${{ sessions: dated, start: start.mood, moods, today }} />
      <${Curves} curves=${curvesOf(dated, moods, today)} start=${start.mood} />
    </div>`
}

/** @param {{curves: import("./since-shapes.js").Curve[], start: number | null}} props */
function Curves({ curves, start }) {
  const [box, size] = useSize()
  const id = useId()
  const drawn = drawnOf(curves)
  if (!drawn.length) return html`<p class="soft small">${words.none_since}</p>`
  return html`
    <figure class="chart">
      <div ref=${box}><${Drawing} ...${{ drawn, start, size, id }} /></div>
      <figcaption id=${id}>${words.since(drawn.length)}${drawn.length === MOST && ` ${words.newest(MOST)}`}${start !== null && ` ${words.began}`}</figcaption>
      <details class="behind">
        <summary>${words.weekly}</summary>
        <table class="by-week">
          <thead><tr><th scope="col">${words.after_column}</th>${[1, 2, 3, 4].map((week) => html`<th key=${week} scope="col" aria-label=${words.week(week)}>${week === 1 ? words.week(1) : week}</th>`)}</tr></thead>
          <tbody>${drawn.toReversed().map((curve) => html`
            <tr key=${curve.id}><th scope="row">${dayWords(curve.day, { short: true })}</th>
              ${weekly(curve, daysBetween).map((mood, week) => html`<td key=${week}>${figure(mood)}</td>`)}</tr>`)}</tbody>
        </table>
      </details>
    </figure>`
}

/** @param {any} props */
function Drawing({ drawn, start, size, id }) {
  const place = frame(size.width, size.rem, size.width < NARROW_REM * size.rem ? 0.3 : BESIDE_REM)
  const { rem, left, right, top, bottom, y } = place
  const x = (/** @type {number} */ days) => left + ((right - left) * days) / DAYS
  const lines = drawn.map((/** @type {any} */ curve) => ({ ...curve, pieces: pieces(curve.daily, "mood", (day) => x(daysBetween(curve.day, day)), y) }))
  const ends = lines.toReversed().map((/** @type {any} */ { day, pieces: all }) => ({ words: dayWords(day, { short: true, year: false }), ...all.at(-1).at(-1) }))
  const room = { left, right: place.width, top: top - 0.5 * rem, bottom: bottom + 0.5 * rem }
  const began = start === null ? [] : [[{ x: left, y: y(start) }, { x: right, y: y(start) }]]
  const taken = alongside([...began, ...lines.flatMap((/** @type {any} */ line) => line.pieces)], rem)
  const fits = x(7) - x(0) >= words.week(4).length * LETTER_REM * rem
  return html`
    <svg role="img" aria-labelledby=${id} width=${place.width} height=${place.height} viewBox=${`0 0 ${place.width} ${place.height}`}>
      <${Grid} ...${place} />
      ${[7, 14, 21, DAYS].map((days) => html`<line key=${days} class="grid" x1=${x(days)} x2=${x(days)} y1=${top} y2=${bottom} />`)}
      <line class="session" x1=${x(0)} x2=${x(0)} y1=${top - 0.6 * rem} y2=${bottom} />
      <text class="session" x=${x(0)} y=${top - 0.9 * rem} text-anchor="middle">//</text>
      ${began.map(([from, to]) => html`<line class="start" x1=${from.x} x2=${to.x} y1=${from.y} y2=${to.y} />`)}
      ${lines.map((/** @type {any} */ { id: key, look, pieces: all }) => html`
        <path key=${key} class=${`line ${look}`} d=${all.map(pathOf).join("")} />
        <path class=${`mark ${look}`} d=${marksOf("mood", all)} />`)}
      ${named(ends, room, rem, taken).map((name, i) => html`
        <text key=${name.words} class=${i === 0 ? "on latest" : "on"} x=${name.x} y=${name.y + 0.3 * rem} text-anchor=${name.anchor}>${name.words}</text>`)}
      ${[1, 2, 3, 4].map((week) => html`
        <text class="tick" x=${x(7 * week - 3.5)} y=${bottom + 1.5 * rem} text-anchor="middle">${fits ? words.week(week) : week}</text>`)}
    </svg>`
}
