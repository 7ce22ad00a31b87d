/** The chart: mood, anxiety and dissociation by day, gaps as gaps, sessions as uprights under `//`, and a table behind it. */
import { marksOf, pathOf, pieces, spread, stepOf, ticks, together } from "./chart-shapes.js"
import { daysBetween, hereZone, localDay } from "./time.js"
import { dayWords, spanWords } from "./time-words.js"
import { html, useId, useLayoutEffect, useRef, useState } from "./ui.js"

export const LINES = [
  { key: "mood", word: "mood", name: "mood" },
  { key: "anxiety", word: "anxiety", name: "anxiety" },
  { key: "dissociation", word: "detached", name: "detachment" },
]
const HIGHEST = 10
const YEAR = 330

/**
 * @param {object} props
 * @param {import("./chart-shapes.js").Day[]} props.daily as the contract's summary has it
 * @param {{id?: string, starts_at: string, zone?: string, day?: string}[]} props.sessions that took place
 * @param {string} props.from
 * @param {string} props.to
 * @param {boolean} [props.wide] labels at the ends of the lines instead of a legend below
 */
export function Chart({ daily, sessions, from, to, wide = false }) {
  const [box, size] = useSize()
  const captionId = useId()
  const step = stepOf(from, to)
  const shown = together(daily.filter((entry) => entry.day >= from && entry.day <= to), from, step, LINES.map(({ key }) => key))
  const days = sessionDays(sessions).filter((day) => day >= from && day <= to)
  const lines = LINES.filter(({ key }) => shown.some((entry) => typeof entry[key] === "number"))
  return html`
    <figure class="chart">
      <div ref=${box}>
        <${Drawing} ...${{ shown, step, days, lines, from, to, wide, size, captionId }} />
      </div>
      ${!wide && html`<${Legend} lines=${lines} sessions=${days.length > 0} />`}
      <figcaption id=${captionId}>${caption(lines, days, from, to, step)}</figcaption>
      <${Table} shown=${shown} days=${days} step=${step} />
    </figure>`
}

/** @param {any} props */
function Drawing({ shown, step, days, lines, from, to, wide, size, captionId }) {
  const { width, rem } = size
  const left = 1.8 * rem
  const right = width - (wide ? 5.2 * rem : 0.3 * rem)
  const top = 1.9 * rem
  const bottom = top + Math.max(9 * rem, Math.min(16 * rem, (right - left) * 0.58))
  const length = Math.max(1, daysBetween(from, to))
  const x = (/** @type {string} */ day) => left + ((right - left) * daysBetween(from, day)) / length
  const y = (/** @type {number} */ value) => bottom - ((bottom - top) * value) / HIGHEST
  return html`
    <svg role="img" aria-labelledby=${captionId} width=${width} height=${bottom + 1.9 * rem}
      viewBox=${`0 0 ${width} ${bottom + 1.9 * rem}`}>
      ${[0, 5, HIGHEST].map((value) => html`
        <line class="grid" x1=${left} x2=${right} y1=${y(value)} y2=${y(value)} />
        <text class="tick" x="0" y=${y(value) + 0.3 * rem}>${value}</text>`)}
      <${Sessions} ...${{ days, x, top, bottom, rem }} />
      ${lines.map((/** @type {any} */ { key }) => {
        const drawn = pieces(shown, key, x, y, step)
        return html`
          <path class=${`line ${key}`} d=${drawn.map(pathOf).join("")} />
          <path class=${`mark ${key}`} d=${marksOf(key, drawn)} />`
      })}
      ${wide && ends(lines, shown, x, y, rem, top, bottom).map((end) => html`
        <text class=${`end ${end.key}`} x=${right + 0.5 * rem} y=${end.y + 0.3 * rem}>${end.word}</text>`)}
      ${ticks(from, to).map((day, i, all) => html`
        <text class="tick" x=${x(day)} y=${bottom + 1.5 * rem}
          text-anchor=${i === 0 ? "start" : i === all.length - 1 ? "end" : "middle"}>${dayWords(day, length > YEAR ? { month: true } : { short: true, year: false })}</text>`)}
    </svg>`
}

/** @param {any} props */
function Sessions({ days, x, top, bottom, rem }) {
  let free = -Infinity
  return days.map((/** @type {string} */ day) => {
    const at = x(day)
    const labelled = at >= free
    if (labelled) free = at + 0.75 * rem
    return html`
      <line class="session" x1=${at} x2=${at} y1=${top - 0.6 * rem} y2=${bottom} />
      ${labelled && html`<text class="session" x=${at} y=${top - 0.9 * rem} text-anchor="middle">//</text>`}`
  })
}

/** @param {any} props */
function Legend({ lines, sessions }) {
  return html`
    <p class="legend" aria-hidden="true">
      ${lines.map((/** @type {any} */ line) => html`
        <span class=${line.key}><svg class="key" viewBox="0 0 40 12"><path class=${`line ${line.key}`} d="M1 6h22" />
          <path class=${`mark ${line.key}`} d=${marksOf(line.key, [[{ x: 34, y: 6 }]])} /></svg> ${line.word}</span>`)}
      ${sessions && html`<span>// session</span>`}
    </p>`
}

/** @param {any} props */
function Table({ shown, days, step }) {
  const figure = (/** @type {any} */ value) => (typeof value === "number" ? String(Math.round(value * 10) / 10) : "–")
  const rows = [...shown, ...days.filter((/** @type {string} */ day) => !shown.some((/** @type {any} */ e) => e.day === day))
    .map((/** @type {string} */ day) => ({ day }))].toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const [isOpen, setOpen] = useState(false)
  return html`
    <details class="behind" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary>The same as a table</summary>
      ${isOpen && html`<table>
        <thead><tr><th scope="col">${step === 1 ? "Day" : step === 7 ? "Week from" : "Four weeks from"}</th>${LINES.map(({ word }) => html`<th scope="col">${word}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.day}><th scope="row">${dayWords(row.day, { short: true })}${days.includes(row.day) && " // session"}</th>
            ${LINES.map(({ key }) => html`<td>${figure(row[key])}</td>`)}</tr>`)}</tbody>
      </table>`}
    </details>`
}

/** @param {any[]} lines @param {any[]} shown @param {any} x @param {any} y @param {number} rem @param {number} top @param {number} bottom */
function ends(lines, shown, x, y, rem, top, bottom) {
  const labels = lines.map((line) => ({ ...line, y: pieces(shown, line.key, x, y).at(-1)?.at(-1)?.y ?? bottom }))
  return spread(labels, 1.25 * rem, top, bottom)
}

/** @param {{name: string}[]} lines @param {string[]} days @param {string} from @param {string} to @param {number} step */
function caption(lines, days, from, to, step) {
  if (!lines.length) return `Nothing was written ${from === to ? "on" : "from"} ${spanWords(from, to)}.`
  const words = lines.map(({ name }) => name)
  const list = words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : words[0]
  const marks = days.length ? " Uprights under // are sessions; the 24 hours after one are left out." : ""
  const each = step === 1 ? "day" : step === 7 ? "week" : "four weeks"
  const gaps = step === 1 ? "days without an entry are left open, and a day between two such days is a single mark" : "what has no entry is left open"
  return `The mean of each ${each} for ${list}, 0 to 10, ${spanWords(from, to)}; ${gaps}.${marks}`
}

/** @param {any[]} sessions */
const sessionDays = (sessions) =>
  [...new Set(sessions.map((session) => session.day ?? localDay(session.starts_at, session.zone ?? hereZone())))].toSorted()

/** The width there is, and the size of the text, which a person may have made larger. */
function useSize() {
  const box = useRef(/** @type {HTMLElement | null} */ (null))
  const [size, setSize] = useState({ width: 320, rem: 16 })
  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current)
    const measure = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
      setSize({ width: Math.max(200, element.clientWidth), rem })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return /** @type {const} */ ([box, size])
}
