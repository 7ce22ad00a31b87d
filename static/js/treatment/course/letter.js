/** A letter of one page about a course that has its last day: to keep, to print, to hand on. It counts, and claims nothing. */
import { account } from "../../accounts/account.js"
import { listed, number } from "../../base/language.js"
import { hereZone, localDay, now, wall } from "../../base/time.js"
import { dayWords } from "../../base/time-words.js"
import { html } from "../../base/ui.js"
import { known } from "../../measures/known.js"
import { harderInWords, readingInWords } from "../../measures/readings.js"
import { whyLater } from "../../measures/rules.js"
import { words as measures } from "../../measures/words.js"
import { useRows } from "../../records/rows.js"
import { coursesOf, tookPlace } from "../../records/told.js"
import { whyNotNow } from "../../summaries/rules.js"
import { words as session } from "../words.js"
import { letterOf, routesOf } from "./letter-rules.js"
import { words as course } from "./words.js"
import { words } from "./letter-words.js"

/** @typedef {ReturnType<typeof letterOf>} Letter */
/** @typedef {import("./letter-rules.js").Week} Week */

/** @param {{params: {id: string}}} props */
export default function CourseLetter({ params }) {
  const [rows, given, entries, responses] = [useRows("course"), useRows("treatment_session"), useRows("check_in"), useRows("response")]
  if (!rows || !given || !entries || !responses) return html`<h1>${words.title}</h1>`
  const courses = coursesOf(rows)
  const mine = courses.find(({ id }) => id === params.id)
  if (!mine?.ended_on) return html`<h1>${words.title}</h1><p class="lead">${words.none} <a href="#/course">${words.to_course}</a></p>`
  const startsAt = account.value?.day_starts_at
  const letter = letterOf({ course: mine, courses, sessions: tookPlace(given, now()), entries, responses, instruments: known(), startsAt })
  const { time } = wall(now(), hereZone())
  const why = whyNotNow(time, [...entries, ...responses].map(({ record }) => record.edited_at), now())
  const later = whyLater(time, responses.map(({ record }) => record.edited_at), now())
  const today = localDay(now(), hereZone(), startsAt)
  return html`
    <article class="letter">
      <h1>${words.title}</h1>
      <p class="lead">${course.span(long(letter.from), long(letter.to))}</p>
      <p class="small soft">${words.what_it_is(long(today))}</p>
      <section class="part"><h2>${words.treatment}</h2>
        ${mine.treated_for?.length && html`<p>${course.of(listed(mine.treated_for.map((one) => course.treated_for[one])))}</p>`}
        <p>${sessionsWords(letter)}</p>
        ${mine.reason && html`<p>${words.reason}</p><blockquote class="quote said">${mine.reason}</blockquote>`}</section>
      ${why ? html`<p class="soft part">${words.not_now[why]}</p>` : html`<${Figures} ...${{ letter, later }} />`}
      <p class="part small soft">${words.left_out}</p>
      <ul class="rows part no-print">
        <li><button class="link" type="button" onClick=${() => print()}>${words.print}</button></li>
        <li><a href="#/course">${words.to_course}</a></li></ul>
    </article>`
}

/** @param {{letter: Letter, later: ReturnType<typeof whyLater>}} props */
const Figures = ({ letter: { written, days, start, weeks, forms }, later }) => html`
  <section class="part"><h2>${words.written}</h2>
    <p>${words.days(written, days)} ${words.start[start.source](number(start.mood ?? 0), start.days)}</p>
    ${start.mood !== null && html`<p class="small soft">${words.better_means}</p>`}
    ${start.mood !== null && html`<ul>${weeks.map(({ day, weeks: told }) => html`<li key=${day}>${words.after(long(day), told.map(weekWords).join("; "))}</li>`)}</ul>`}</section>
  ${forms.length > 0 && html`
    <section class="part"><h2>${words.forms}</h2>
      ${later ? html`<p class="small soft">${measures.later[later]}</p>` : html`
      <p class="small soft">${words.forms_mean}</p>
      <ul>${forms.map(({ instrument, title, from, to, reading }) => html`
        <li key=${title}>${words.moved(title, number(from.total), long(wall(from.completed_at, from.zone).day), number(to.total), long(wall(to.completed_at, to.zone).day), readingInWords(instrument, reading))}</li>`)}</ul>
      ${harderInWords(forms) && html`<p class="notice no-print">${harderInWords(forms)} <a href="#/help">${measures.help}</a></p>`}`}</section>`}`

/** @param {Letter} letter */
function sessionsWords({ sessions }) {
  if (!sessions.length) return words.no_session
  const ways = routesOf(sessions).map(([route, n]) => `${session.choice.route[route]} (${n})`)
  return [words.sessions(sessions.length, listed(sessions.map(({ day }) => dayWords(day, { short: true })))), ways.length && words.given(listed(ways))].filter(Boolean).join(" ")
}

/** @param {Week} week */
const weekWords = ({ week, better, of, reading }) =>
  reading === "counted" ? words.week(week, better ?? 0, of) : reading === "no_room" ? words.no_room(week) : words.few(week)

/** @param {string} day */
const long = (day) => dayWords(day, { year: true })
