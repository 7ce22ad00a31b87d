/** What followed each session, on one axis: a line a session for one scale at a time, and every entry in a table behind it. */
import { figure, frame, Grid, useSize } from "../base/chart-parts.js"
import { marksOf, pathOf } from "../base/chart-shapes.js"
import { words as chart } from "../base/chart-words.js"
import { number } from "../base/language.js"
import { dayWords } from "../base/time-words.js"
import { html, useId, useState } from "../base/ui.js"
import { KEYS } from "./curves.js"
import { alongside, drawnOf, MOST, named, piecesOf } from "./since-shapes.js"
import { DAYS } from "./weeks.js"
import { words } from "./words.js"

const BESIDE_REM = 3.4
/** Below so much room names stand within the chart. */
const NARROW_REM = 16
/** A letter of the smallest text, with room to spare. */
const LETTER_REM = 0.52
/** From so long after a session on days are said, not hours. */
const IN_DAYS_H = 48

/** @typedef {import("./curves.js").Curve} Curve */

/** @param {{curves: Curve[], start: number | null}} props oldest first; the mood before the first session, where one is known */
export function Curves({ curves, start }) {
  const [chosen, choose] = useState("")
  const keys = KEYS.filter((key) => drawnOf(curves, key).length)
  const key = keys.find((one) => one === chosen) ?? keys[0]
  if (!key) return html`<p class="soft small">${words.none_since}</p>`
  return html`<${Figure} ...${{ curves, start, keys, shown: key, choose }} />`
}

/** @param {{curves: Curve[], start: number | null, keys: string[], shown: string, choose: (key: string) => void}} props `shown`: the scale that is drawn */
function Figure({ curves, start, keys, shown: key, choose }) {
  const [box, size] = useSize()
  const id = useId()
  const drawn = drawnOf(curves, key)
  const began = key === "mood" ? start : null
  return html`
    <figure class="chart">
      ${keys.length > 1 && html`
        <div class="spans no-print" role="group" aria-label=${words.scale}>${keys.map((one) => html`
          <button key=${one} class="link" type="button" aria-pressed=${one === key} onClick=${() => choose(one)}>${chart.line[one]}</button>`)}</div>`}
      <div ref=${box}><${Drawing} ...${{ drawn, began, size, id }} /></div>
      <p id=${`${id}-told`} class="unseen">${drawn.toReversed().map(spoken).join(" ")}</p>
      <figcaption id=${id}>${words.since(chart.name[key], drawn.length)}${drawn.length === MOST && ` ${words.newest(MOST)}`}${began !== null && ` ${words.began}`}</figcaption>
      <${Entries} curves=${curves.filter(({ curve }) => curve.length).slice(-MOST).toReversed()} />
    </figure>`
}

/** @param {any} props */
function Drawing({ drawn, began, size, id }) {
  const place = frame(size.width, size.rem, size.width < NARROW_REM * size.rem ? 0.3 : BESIDE_REM)
  const { rem, left, right, top, bottom, y } = place
  const x = (/** @type {number} */ days) => left + ((right - left) * days) / DAYS
  const lines = drawn.map((/** @type {any} */ one) => ({ ...one, pieces: piecesOf(one.told, x, y) }))
  const ends = lines.toReversed().map((/** @type {any} */ { day, pieces: all }) => ({ words: dayWords(day, { short: true, year: false }), ...all.at(-1).at(-1) }))
  const room = { left, right: place.width, top: top - 0.5 * rem, bottom: bottom + 0.5 * rem }
  const level = began === null ? [] : [[{ x: left, y: y(began) }, { x: right, y: y(began) }]]
  const taken = alongside([...level, ...lines.flatMap((/** @type {any} */ line) => line.pieces)], rem)
  const fits = x(7) - x(0) >= words.week(4).length * LETTER_REM * rem
  return html`
    <svg role="img" aria-labelledby=${id} aria-describedby=${`${id}-told`} width=${place.width} height=${place.height} viewBox=${`0 0 ${place.width} ${place.height}`}>
      <${Grid} ...${place} />
      ${[7, 14, 21, DAYS].map((days) => html`<line key=${days} class="grid" x1=${x(days)} x2=${x(days)} y1=${top} y2=${bottom} />`)}
      <line class="session" x1=${x(0)} x2=${x(0)} y1=${top - 0.6 * rem} y2=${bottom} />
      <text class="session" x=${x(0)} y=${top - 0.9 * rem} text-anchor="middle">//</text>
      ${level.map(([from, to]) => html`<line class="start" x1=${from.x} x2=${to.x} y1=${from.y} y2=${to.y} />`)}
      ${lines.map((/** @type {any} */ { id: session, look, pieces: all }) => html`
        <path key=${session} class=${`line ${look}`} d=${all.map(pathOf).join("")} />
        <path class=${`mark ${look}`} d=${marksOf("mood", all)} />`)}
      ${named(ends, room, rem, taken).map((name, i) => html`
        <text key=${name.words} class=${i === 0 ? "on latest" : "on"} x=${name.x} y=${name.y + 0.3 * rem} text-anchor=${name.anchor}>${name.words}</text>`)}
      ${[1, 2, 3, 4].map((week) => html`
        <text class="tick" x=${x(7 * week - 3.5)} y=${bottom + 1.5 * rem} text-anchor="middle">${fits ? words.week(week) : week}</text>`)}
    </svg>`
}

/** Every entry after each session, the newest session first. @param {{curves: Curve[]}} props */
function Entries({ curves }) {
  const [isOpen, setOpen] = useState(false)
  return html`
    <details class="behind" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary>${chart.table}</summary>
      ${isOpen && curves.map(({ id, day, curve }, i) => html`
        <details key=${id} class="behind" open=${i === 0}><summary>${words.heading(dayWords(day))}</summary>
          <table class="by-week">
            <thead><tr><th scope="col">${words.since_column}</th>${KEYS.map((key) => html`<th key=${key} scope="col">${chart.line[key]}</th>`)}</tr></thead>
            <tbody>${curve.map((/** @type {Record<string, any>} */ point) => html`
              <tr><th scope="row">${passed(point.hours)}</th>${KEYS.map((key) => html`<td key=${key}>${figure(point[key])}</td>`)}</tr>`)}</tbody>
          </table>
        </details>`)}
    </details>`
}

/** One line in a sentence, for those who listen. @param {{day: string, told: {hours: number, value: number}[]}} drawn */
function spoken({ day, told }) {
  const values = told.map(({ value }) => value)
  const [first, last] = [told[0], told[told.length - 1]]
  return words.told_since({
    day: dayWords(day), n: told.length, first: number(first.value), after: passed(first.hours), last: number(last.value), until: passed(last.hours),
    lowest: number(Math.min(...values)), highest: number(Math.max(...values)),
  })
}

/** "4 hours", "3.2 days". @param {number} hours */
const passed = (hours) => (hours < IN_DAYS_H ? words.hours(number(hours), hours) : words.days(number(hours / 24)))
