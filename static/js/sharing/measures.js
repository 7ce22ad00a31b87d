/** What questionnaires came to, for a reader: per instrument the latest total, what moved since before the first session, and the earlier ones. */
import { number } from "../base/language.js"
import { hereZone, now, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { INSTRUMENTS } from "../measures/instruments.js"
import { harderInWords, readingInWords } from "../measures/readings.js"
import { whyLater } from "../measures/rules.js"
import { words as form } from "../measures/words.js"
import { words } from "./reader-words.js"

const AT_ONCE = 6
const said = words.measures

/**
 * @typedef {{completed_at: string, total: number | null, band: string | null, spans_session: boolean}} Response
 * @typedef {{points: number, reading: string | null}} Moved
 * @typedef {{instrument: string, responses: Response[], since_baseline: Moved | null, baseline_at: string | null, since_last: Moved | null}} Measure
 */

/**
 * Open for the reader. Folded on the person's own phone, and not at night or straight after one was filled in.
 * @param {{measures: Measure[], isOwn: boolean}} props
 */
export function Measures({ measures, isOwn }) {
  const [isOpen, setOpen] = useState(false)
  const why = isOwn && whyLater(wall(now(), hereZone()).time, measures.flatMap(({ responses }) => responses.map((one) => one.completed_at)), now())
  if (!measures.length) return html`<section class="part"><h2>${said.title}</h2><p class="soft small">${said.none}</p></section>`
  if (why) return html`<section class="part"><h2>${said.title}</h2><p class="soft small">${form.later[why]} ${said.they_see_now}</p></section>`
  const all = () => measures.map((measure) => html`<${One} key=${measure.instrument} ...${{ measure, isOwn }} />`)
  if (!isOwn) return html`<section class="part measures"><h2>${said.title}</h2>${all()}</section>`
  return html`
    <details class="fold part measures" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary><h2>${said.title}</h2></summary>
      <div>${isOpen && all()}</div>
    </details>`
}

/** @param {{measure: Measure, isOwn: boolean}} props */
function One({ measure: { instrument, responses, since_baseline, baseline_at, since_last }, isOwn }) {
  const title = INSTRUMENTS.find(({ id }) => id === instrument)?.title ?? instrument.toUpperCase()
  const latest = responses.findLast(({ total }) => total !== null)
  const before = responses.filter(({ total }) => total !== null).at(-2)
  const isSame = baseline_at !== null && baseline_at === before?.completed_at
  const others = responses.filter((one) => one !== latest).toReversed()
  const harder = isOwn && harderInWords([since_baseline, since_last].map((moved) => ({ instrument, reading: moved?.reading ?? null })))
  return html`
    <h3><span lang="en">${title}</span></h3>
    ${latest && html`<p>${totalInWords(latest)}</p>`}
    ${latest?.spans_session && html`<p class="soft small">${said.spans}</p>`}
    ${since_last && !isSame && html`<p class="small">${movedInWords(instrument, since_last, said.than_last)}</p>`}
    ${since_baseline && html`<p class="small">${movedInWords(instrument, since_baseline, said.than_baseline(dayOf({ completed_at: baseline_at ?? "" })))}</p>`}
    ${harder && html`<p class="notice">${harder} <a href="#/help">${form.help}</a></p>`}
    ${others.length > 0 && html`<${Earlier} rows=${others.slice(0, AT_ONCE)} />`}
    ${others.length > AT_ONCE && html`
      <details class="behind"><summary>${said.still_earlier(others.length - AT_ONCE)}</summary><${Earlier} rows=${others.slice(AT_ONCE)} /></details>`}`
}

/** @param {{rows: Response[]}} props */
const Earlier = ({ rows }) => html`
  <table>
    <thead><tr>${[said.day, said.total, said.band].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map((one) => html`
      <tr key=${one.completed_at}><th scope="row">${dayOf(one)}</th>
        ${one.total === null
          ? html`<td colspan="2">${said.incomplete}</td>`
          : html`<td>${number(one.total)}${one.spans_session && "*"}</td><td>${bandInWords(one)}</td>`}
      </tr>`)}
    </tbody>
  </table>
  ${rows.some((one) => one.total !== null && one.spans_session) && html`<p class="soft small">* ${said.spans}</p>`}`

/** "8, mild, on 10 November". @param {Response} one */
const totalInWords = (one) => said.latest(number(/** @type {number} */ (one.total)), bandInWords(one), dayWords(wall(one.completed_at, hereZone()).day))

/** "9 lower than on 10 October, before the first session: beyond measurement error." @param {string} instrument @param {Moved} moved @param {string} than */
function movedInWords(instrument, { points, reading }, than) {
  const better = INSTRUMENTS.find(({ id }) => id === instrument)?.change?.better
  return `${said.moved(number(Math.abs(points)), Math.sign(points))} ${than}${reading ? `: ${readingInWords(instrument, reading)}` : ""}. ${better === "higher" ? form.better.higher : ""}`
}

/** @param {Response} one */
const bandInWords = ({ band }) => (band ? (said.bands[band] ?? form.band[band] ?? band) : "")

/** @param {{completed_at: string}} one */
const dayOf = ({ completed_at }) => dayWords(wall(completed_at, hereZone()).day, { short: true })
