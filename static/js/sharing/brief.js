/** What a therapist sees of a person. The patient's preview draws the same, so that nothing is shown to one and not the other. */
import { Chart } from "../base/chart.js"
import { hereZone, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { Alerts } from "./alerts.js"
import { Beside, exposureInWords } from "./beside.js"
import { Following } from "./following.js"
import { Measures } from "./measures.js"
import { drawn, medicineMarks, PERIODS, sessionDay } from "./reading.js"
import { dissociationInWords, missingInWords, scaleRows, sessionsInWords } from "./reading-words.js"
import { words } from "./reader-words.js"

const said = words.brief

/**
 * @param {object} props
 * @param {string} props.name whose diary it is
 * @param {string} props.lead the line under the name
 * @param {string} [props.more] said after it
 * @param {any} props.summary as the contract has it, less what the scopes leave out
 * @param {string} props.choice of PERIODS
 * @param {(choice: string) => void} props.onChoose
 * @param {unknown} [props.before] a line above everything
 * @param {boolean} [props.isOwn] whether the person looks at it themselves
 * @param {"" | "night" | "fresh"} [props.notNow] why they are not shown what followed their sessions now
 * @param {() => Promise<void>} [props.onAct] after a reply to an alert, where replies can be given
 * @param {(id: string) => Promise<void>} [props.onSettle] settles a question, where that can be done
 */
export function Brief({ name, lead, more, summary, choice, onChoose, before, isOwn = false, notNow = "", onAct, onSettle }) {
  const { from, to } = drawn(summary, choice)
  const sessions = summary.sessions ?? []
  const missing = summary.daily && missingInWords(summary, from, to, localDay(now(), hereZone()))
  return html`
    <div class="columns brief">
      <div>
        ${before}
        <h1 class="name">${name}</h1>
        <p class="lead">${lead}</p>
        ${more && html`<p class="lead">${more}</p>`}
        ${summary.silence && html`<p class="lead told-now">${words.person.silence(summary.silence.days, summary.silence.after_days)}</p>`}
        ${summary.alerts && html`<${Alerts} alerts=${summary.alerts} standing=${summary.standing_answers ?? []} onAct=${onAct} />`}
        <${Periods} ...${{ choice, onChoose }} />
        ${summary.daily && html`
          <${Chart} daily=${summary.daily} sessions=${sessions.map((/** @type {any} */ one) => ({ ...one, day: sessionDay(one) }))} marks=${medicineMarks(summary.medications)} from=${from} to=${to} />`}
        ${sessions.length > 0 && html`<p class="soft small session-days">${sessionsInWords(sessions)}</p>`}
        ${summary.exposure?.sessions > 0 && html`<p class="soft small">${exposureInWords(summary.exposure, to)}</p>`}
        <${Scales} ...${summary} />
        ${summary.measures && html`<${Measures} ...${{ measures: summary.measures, isOwn }} />`}
        ${summary.sessions && summary.scales && html`<${Following} ...${{ sessions: summary.sessions, start: summary.start, isOwn, why: notNow }} />`}
      </div>
      <aside>
        ${summary.notes && html`<${Notes} notes=${summary.notes} />`}
        ${summary.safety_plan && html`<${SafetyPlan} plan=${summary.safety_plan} />`}
        <${Beside} ...${{ summary, onSettle }} />
        ${summary.side_effects?.length > 0 && html`<${SideEffects} found=${summary.side_effects} />`}
        ${missing && html`<section class="part"><h2>${said.missing}</h2><p class="soft small">${missing}</p></section>`}
      </aside>
    </div>`
}

/** @param {{choice: string, onChoose: (choice: string) => void}} props */
const Periods = ({ choice, onChoose }) => html`
  <div class="spans no-print" role="group" aria-label=${said.period}>
    ${PERIODS.map(([key]) => html`
      <button key=${key} class="link" type="button" aria-pressed=${key === choice} onClick=${() => onChoose(key)}>${said.periods[key]}</button>`)}
  </div>`

/** @param {any} summary */
function Scales({ scales, dissociation }) {
  const rows = scaleRows(scales)
  if (!rows.length) return null
  const apart = dissociationInWords(dissociation)
  return html`
    <section class="part">
      <div class="scrolls" tabindex="0" role="group" aria-label=${said.three_scales}><table>
        <thead><tr>${[said.scale, said.median, said.range, said.answers].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.word}><th scope="row">${row.word}</th><td>${row.median}</td><td>${row.range}</td><td>${row.n}</td></tr>`)}
        </tbody>
      </table></div>
      <p class="soft small">${said.without} ${apart}</p>
    </section>`
}

/** @param {{notes: {day: string, text: string, bring?: boolean}[]}} props */
function Notes({ notes }) {
  const newest = notes.toSorted((a, b) => (a.day < b.day ? 1 : -1))
  const own = newest.find((note) => note.bring) ?? newest[0]
  const others = newest.filter((note) => note !== own)
  if (!own) return html`<section class="part"><h2>${said.notes}</h2><p class="soft small">${said.no_notes}</p></section>`
  return html`
    <section>
      <blockquote class="own">
        <p class="quote">“${own.text}”</p>
        <p class="soft small">${said.own_line(dayWords(own.day))}${own.bring ? said.to_talk_about : ""}</p>
      </blockquote>
      ${others.length > 0 && html`
        <h2>${said.notes}</h2>
        <ul class="notes">
          ${others.map((note) => html`
            <li><p>${note.text}</p><p class="soft small">${dayWords(note.day)}${note.bring ? said.to_talk_about : ""}</p></li>`)}
        </ul>`}
    </section>`
}

/** @param {{found: {name: string, days: number, highest: string}[]}} props */
const SideEffects = ({ found }) => html`
  <section class="part">
    <h2>${said.side_effects}</h2>
    <ul class="rows">
      ${found.map((one) => html`<li key=${one.name}><span>${said.side_effect[one.name] ?? one.name}</span><span>${said.on_days(one.days, said.strength[one.highest] ?? one.highest)}</span></li>`)}
    </ul>
  </section>`

/** @param {{plan: Record<string, string[]>}} props */
const SafetyPlan = ({ plan }) => html`
  <section class="part">
    <h2>${said.safety_plan}</h2>
    <dl>${Object.entries(said.plan).filter(([part]) => plan[part]).map(([part, name]) => html`
      <dt key=${part} class="soft small">${name}</dt>${plan[part].map((line) => html`<dd key=${line}>${line}</dd>`)}`)}</dl>
  </section>`
