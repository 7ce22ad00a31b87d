/** What a therapist sees of a person. The patient's preview draws the same, so that nothing is shown to one and not the other. */
import { Chart } from "../base/chart.js"
import { hereZone, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { betterRows, dissociationInWords, drawn, entriesInWords, gaps, gapsInWords, PERIODS, plain, scaleRows, sessionDay, sessionsInWords, startInWords } from "./reading.js"
import { counted } from "./rules.js"

/**
 * @param {object} props
 * @param {string} props.name whose diary it is
 * @param {string} props.lead the line under the name
 * @param {any} props.summary as the contract has it, less what the scopes leave out
 * @param {string} props.choice of PERIODS
 * @param {(choice: string) => void} props.onChoose
 * @param {unknown} [props.before] a line above everything
 */
export function Brief({ name, lead, summary, choice, onChoose, before }) {
  const { from, to } = drawn(summary, choice)
  const sessions = summary.sessions ?? []
  return html`
    <div class="columns brief">
      <div>
        ${before}
        <h1 class="name">${name}</h1>
        <p class="lead">${lead}</p>
        <${Periods} ...${{ choice, onChoose }} />
        ${summary.daily && html`
          <${Chart} daily=${summary.daily} sessions=${sessions.map((/** @type {any} */ one) => ({ ...one, day: sessionDay(one) }))} from=${from} to=${to} />`}
        ${sessions.length > 0 && html`<p class="soft small session-days">${sessionsInWords(sessions)}</p>`}
        <${Scales} ...${summary} />
        ${summary.sessions && html`<${Better} ...${summary} />`}
      </div>
      <aside>
        ${summary.notes && html`<${Notes} notes=${summary.notes} />`}
        ${summary.side_effects?.length > 0 && html`<${SideEffects} found=${summary.side_effects} />`}
        ${summary.daily && html`
          <section class="part">
            <h2>What is missing</h2>
            <p class="soft small">${entriesInWords(summary.check_ins, from, to)} ${gapsInWords(gaps(summary.daily, from, to, localDay(now(), hereZone())))}</p>
          </section>`}
      </aside>
    </div>`
}

/** @param {{choice: string, onChoose: (choice: string) => void}} props */
const Periods = ({ choice, onChoose }) => html`
  <div class="spans no-print" role="group" aria-label="Period">
    ${PERIODS.map(([key, words]) => html`
      <button key=${key} class="link" type="button" aria-pressed=${key === choice} onClick=${() => onChoose(key)}>${words}</button>`)}
  </div>`

/** @param {any} summary */
function Scales({ scales, dissociation }) {
  const rows = scaleRows(scales)
  if (!rows.length) return null
  const apart = dissociationInWords(dissociation)
  return html`
    <section class="part">
      <div class="scrolls" tabindex="0" role="group" aria-label="The three scales"><table>
        <thead><tr><th scope="col">Scale, 0 to 10</th><th scope="col">Median</th><th scope="col">Range</th><th scope="col">Answers</th></tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.word}><th scope="row">${row.word}</th><td>${row.median}</td><td>${row.range}</td><td>${row.n}</td></tr>`)}
        </tbody>
      </table></div>
      <p class="soft small">Single entries of the period, without the 24 hours after a session. ${apart}</p>
    </section>`
}

/** @param {any} summary */
function Better({ sessions, start }) {
  const rows = betterRows(sessions)
  return html`
    <section class="part">
      <h2>Better days</h2>
      <p class="soft small">${startInWords(start)}</p>
      ${rows.length > 0 && html`
        <div class="scrolls" tabindex="0" role="group" aria-label="Better days by week"><table>
          <thead><tr><th scope="col">After</th>${[1, 2, 3, 4].map((week) => html`<th scope="col">Week ${week}</th>`)}</tr></thead>
          <tbody>${rows.map((row) => html`
            <tr key=${row.id}><th scope="row">${row.after}</th>${row.weeks.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
          </tbody>
        </table></div>`}
    </section>`
}

/** @param {{notes: {day: string, text: string, bring?: boolean}[]}} props */
function Notes({ notes }) {
  const newest = notes.toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const own = newest.find((note) => note.bring) ?? newest[0]
  const others = newest.filter((note) => note !== own)
  if (!own) return html`<section class="part"><h2>Notes</h2><p class="soft small">None addressed to you in this period.</p></section>`
  return html`
    <section>
      <blockquote class="own">
        <p class="quote">“${own.text}”</p>
        <p class="soft small">their own line, ${dayWords(own.day)}${own.bring ? ", to talk about" : ""}</p>
      </blockquote>
      ${others.length > 0 && html`
        <h2>Notes</h2>
        <ul class="notes">
          ${others.map((note) => html`
            <li><p>${note.text}</p><p class="soft small">${dayWords(note.day)}${note.bring ? ", to talk about" : ""}</p></li>`)}
        </ul>`}
    </section>`
}

/** @param {{found: {name: string, days: number, highest: string}[]}} props */
const SideEffects = ({ found }) => html`
  <section class="part">
    <h2>Side effects</h2>
    <ul class="rows">
      ${found.map((one) => html`<li key=${one.name}><span>${plain(one.name)}</span><span>${counted(one.days, "day")}, ${one.highest}</span></li>`)}
    </ul>
  </section>`
