/** Totals over time on Trends: folded until they are opened, each with the mark of what it looks back over, and change told with its error. */
import { account } from "../accounts/account.js"
import { number } from "../base/language.js"
import { hereZone, localDay, now, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { counted } from "../records/rules.js"
import { coursesOf } from "../records/told.js"
import { RESPONSE } from "./half.js"
import { known } from "./known.js"
import { harderInWords, readingInWords } from "./readings.js"
import { whyLater } from "./rules.js"
import { highestOf, movesOf, toldOf } from "./scores.js"
import { words } from "./words.js"

/** The newest; all of them stand in History. */
const MOST = 12

/** @typedef {import("./instruments.js").Instrument} Instrument */
/** @typedef {import("./scores.js").Told} Told */
/** @typedef {import("../records/told.js").Session} Session */

/** @param {{sessions: Session[]}} props that took place, oldest first */
export function Totals({ sessions }) {
  const [isOpen, setOpen] = useState(false)
  const responses = useRows(RESPONSE)
  if (!responses?.length) return null
  const why = whyLater(wall(now(), hereZone()).time, responses.map(({ record }) => record.edited_at), now())
  if (why) return html`<p class="soft small part">${words.later[why]}</p>`
  return html`
    <details class="fold since totals" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary><h2>${words.title}</h2></summary>
      ${isOpen ? html`<div>${known().map((instrument) => {
        const told = toldOf(instrument, responses.map(({ record }) => counted(record)), sessions)
        return told.length > 0 && html`<${One} key=${instrument.id} ...${{ instrument, told, sessions }} />`
      })}</div>` : html`<p></p>`}
    </details>`
}

/** @param {{instrument: Instrument, told: Told[], sessions: Session[]}} props */
function One({ instrument, told, sessions }) {
  const newest = told.slice(-MOST).toReversed()
  return html`
    <h3><span lang="en">${instrument.title}</span>, ${words.from_to(number(highestOf(instrument) ?? 0))}</h3>
    <p class="soft small">${instrument.change && words.better[instrument.change.better]}</p>
    <${Moves} ...${{ instrument, told, sessions }} />
    <table class="by-week"><thead><tr><th scope="col">${words.day}</th><th scope="col">${words.total_column}</th><th scope="col">${words.band_column}</th></tr></thead>
      <tbody>${newest.map(({ completed_at, zone, total, band, spans }) => html`
        <tr key=${completed_at}><th scope="row">${dayWords(wall(completed_at, zone).day, { short: true })}</th><td>${number(total)}${spans && "*"}</td><td>${band && (words.band[band] ?? band)}</td></tr>`)}</tbody></table>
    ${newest.some(({ spans }) => spans) && html`<p class="soft small">* ${words.averages}</p>`}`
}

/** What moved, since the last time and since before the first session of the course. @param {{instrument: Instrument, told: Told[], sessions: Session[]}} props */
function Moves({ instrument, told, sessions }) {
  const courses = useRows("course")
  if (!courses) return null
  const startsAt = account.value?.day_starts_at
  const dated = sessions.map((session) => ({ ...session, day: localDay(session.starts_at, session.zone, startsAt) }))
  const said = movesOf(instrument, told, dated, coursesOf(courses), localDay(now(), hereZone(), startsAt))
  const harder = harderInWords(said.map(({ reading }) => ({ instrument: instrument.id, reading })))
  return html`
    ${said.map(({ from, to, reading }) => html`<p key=${from.completed_at} class="small">${words.moved(dayWords(wall(from.completed_at, from.zone).day), dayWords(wall(to.completed_at, to.zone).day), number(Math.abs(to.total - from.total)), Math.sign(to.total - from.total))}${reading && `, ${readingInWords(instrument.id, reading)}`}.</p>`)}
    ${harder && html`<p class="notice">${harder} <a href="#/help">${words.help}</a></p>`}`
}
