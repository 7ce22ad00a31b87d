/** The chart: mood, anxiety and dissociation by day, gaps as gaps, sessions as uprights under `//`, and a table behind it. */
import { Marks, MarksLegend, markWords, spokenMarks } from "./chart-marks.js"
import { figure, frame, Grid, useSize } from "./chart-parts.js"
import { marksOf, pathOf, pieces, spread, stepOf, ticks, together } from "./chart-shapes.js"
import { words } from "./chart-words.js"
import { listed, number } from "./language.js"
import { daysBetween, hereZone, localDay } from "./time.js"
import { spanWords } from "./day-words.js"
import { dayWords } from "./time-words.js"
import { html, useId, useState } from "./ui.js"

const KEYS = ["mood", "anxiety", "dissociation"]
const STEPS = /** @type {Record<number, import("./chart-words.en.js").Step>} */ ({ 1: "day", 7: "week", 28: "month" })
const YEAR = 330
/** Up to so many days each day has its mark. */
const FEW_DAYS = 14
/** From so much room on the lines are named at their ends; below it, in a legend. */
const ROOM_REM = 30
const LABEL_REM = 5.4
const TICK_REM = 5.5

/**
 * @param {object} props
 * @param {import("./chart-shapes.js").Day[]} props.daily as the contract's summary has it
 * @param {{id?: string, starts_at: string, zone?: string, day?: string}[]} props.sessions that took place
 * @param {string} props.from
 * @param {string} props.to
 * @param {import("./chart-marks.js").Mark[]} [props.marks]
 */
export function Chart({ daily, sessions, from, to, marks = [] }) {
  const [box, size] = useSize()
  const id = useId()
  const step = stepOf(from, to)
  const written = daily.filter((entry) => entry.day >= from && entry.day <= to)
  const shown = together(written, from, step, KEYS)
  const days = sessionDays(sessions).filter((day) => day >= from && day <= to)
  const beside = marks.filter(({ day }) => day >= from && day <= to)
  const keys = KEYS.filter((key) => shown.some((entry) => typeof entry[key] === "number"))
  const isWide = size.width >= ROOM_REM * size.rem
  return html`
    <figure class="chart">
      <div ref=${box}><${Drawing} ...${{ shown, step, days, beside, keys, from, to, isWide, size, id }} /></div>
      ${!isWide && html`<${Legend} keys=${keys} hasSessions=${days.length > 0} />`}
      ${beside.length > 0 && html`<${MarksLegend} marks=${beside} />`}
      <p id=${`${id}-told`} class="unseen">${[spoken(keys, shown, days), ...spokenMarks(beside)].join(" ")}</p>
      <figcaption id=${id}>${keys.length ? caption(keys, days, from, to, step) : whyEmpty(written, spanWords(from, to))}</figcaption>
      <${Table} ...${{ shown, days, beside, step }} />
    </figure>`
}

/** @param {any} props */
function Drawing({ shown, step, days, beside, keys, from, to, isWide, size, id }) {
  const place = frame(size.width, size.rem, isWide ? LABEL_REM : 0.3)
  const { rem, left, right, top, bottom, y } = place
  const length = Math.max(1, daysBetween(from, to))
  const x = (/** @type {string} */ day) => left + ((right - left) * daysBetween(from, day)) / length
  return html`
    <svg role="img" aria-labelledby=${id} aria-describedby=${`${id}-told`} width=${place.width} height=${place.height}
      viewBox=${`0 0 ${place.width} ${place.height}`}>
      <${Grid} ...${place} />
      <${Sessions} ...${{ days, x, top, bottom, rem }} />
      <${Marks} ...${{ marks: beside, x, bottom, rem }} />
      ${keys.map((/** @type {string} */ key) => {
        const drawn = pieces(shown, key, x, y, step)
        return html`
          <path class=${`line ${key}`} d=${drawn.map(pathOf).join("")} />
          <path class=${`mark ${key}`} d=${marksOf(key, drawn, length < FEW_DAYS)} />`
      })}
      ${isWide && ends(keys, shown, x, y, step, place).map((end) => html`
        <text class=${`end ${end.key}`} x=${right + 0.6 * rem} y=${end.y + 0.3 * rem}>${words.line[end.key]}</text>`)}
      ${ticks(from, to, Math.floor((right - left) / (TICK_REM * rem))).map((day, i, all) => html`
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
function Legend({ keys, hasSessions }) {
  return html`
    <p class="legend" aria-hidden="true">
      ${keys.map((/** @type {string} */ key) => html`
        <span class=${key}><svg class="key" viewBox="0 0 40 12"><path class=${`line ${key}`} d="M1 6h22" />
          <path class=${`mark ${key}`} d=${marksOf(key, [[{ x: 34, y: 6 }]])} /></svg> ${words.line[key]}</span>`)}
      ${hasSessions && html`<span><span class="caesura">//</span>${words.session}</span>`}
    </p>`
}

/** @param {any} props */
function Table({ shown, days, beside, step }) {
  const others = [...new Set([...days, ...beside.map((/** @type {any} */ mark) => mark.day)])]
  const rows = [...shown, ...others.filter((day) => !shown.some((/** @type {any} */ e) => e.day === day))
    .map((day) => ({ day }))].toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const [isOpen, setOpen] = useState(false)
  return html`
    <details class="behind" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary>${words.table}</summary>
      ${isOpen && html`<table>
        <thead><tr><th scope="col">${words.column[STEPS[step]]}</th>${KEYS.map((key) => html`<th key=${key} scope="col">${words.line[key]}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.day}><th scope="row">${dayWords(row.day, { short: true })}${row.remembered_later > 0 && "*"}${days.includes(row.day) && ` // ${words.session}`}${marksOn(beside, row.day)}</th>
            ${KEYS.map((key) => html`<td key=${key}>${figure(row[key])}</td>`)}</tr>`)}</tbody>
      </table>
      ${rows.some((row) => row.remembered_later > 0) && html`<p class="soft small">* ${words.remembered_later[STEPS[step]]}</p>`}`}
    </details>`
}

/** @param {import("./chart-marks.js").Mark[]} beside @param {string} day */
const marksOn = (beside, day) => beside.filter((mark) => mark.day === day).map((mark) => ` · ${markWords(mark)}`).join("")

/** @param {string[]} keys @param {any[]} shown @param {any} x @param {any} y @param {number} step @param {ReturnType<typeof frame>} place */
function ends(keys, shown, x, y, step, { rem, top, bottom }) {
  const labels = keys.map((key) => ({ key, y: pieces(shown, key, x, y, step).at(-1)?.at(-1)?.y ?? bottom }))
  return spread(labels, 1.25 * rem, top, bottom)
}

/** @param {string[]} keys @param {string[]} days @param {string} from @param {string} to @param {number} step */
function caption(keys, days, from, to, step) {
  return words.caption(STEPS[step], listed(keys.map((key) => words.name[key])), spanWords(from, to), days.length > 0)
}

/** Why there is no line. @param {import("./chart-shapes.js").Day[]} written @param {string} span */
function whyEmpty(written, span) {
  if (written.some(({ within_24h }) => within_24h)) return words.left_out
  return written.length ? words.unanswered(span) : words.nothing(span)
}

/** Each line in a sentence, for those who listen. @param {string[]} keys @param {any[]} shown @param {string[]} days */
function spoken(keys, shown, days) {
  const lines = keys.map((key) => {
    const told = shown.filter((entry) => typeof entry[key] === "number").toSorted((a, b) => (a.day < b.day ? -1 : 1))
    const values = told.map((entry) => entry[key])
    const [first, last] = [told[0], told[told.length - 1]]
    const said = { name: words.name[key], first: number(first[key]), firstOn: dayWords(first.day), last: number(last[key]), lastOn: dayWords(last.day),
      lowest: number(Math.min(...values)), highest: number(Math.max(...values)) }
    return told.length === 1 ? words.told_once(said) : words.told(said)
  })
  return [...lines, ...(days.length ? [words.sessions(listed(days.map((day) => dayWords(day))))] : [])].join(" ")
}

/** @param {any[]} sessions */
const sessionDays = (sessions) =>
  [...new Set(sessions.map((session) => session.day ?? localDay(session.starts_at, session.zone ?? hereZone())))].toSorted()
