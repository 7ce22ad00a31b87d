/** The course of treatment: what is treated and since when, where it stands in words, its beginning and its end. */
import { account, journal } from "../../accounts/account.js"
import { itemsOf } from "../../base/answer.js"
import { call } from "../../base/api.js"
import { uuid7 } from "../../base/database.js"
import { Field } from "../../base/fault.js"
import { listed } from "../../base/language.js"
import { hereZone, localDay, now } from "../../base/time.js"
import { dayWords } from "../../base/time-words.js"
import { html, useEffect, useState } from "../../base/ui.js"
import { Unwatched } from "../../base/unwatched.js"
import { useFields, useHalf } from "../../records/half.js"
import { keepNote, noteOf } from "../../records/notes.js"
import { useRows } from "../../records/rows.js"
import { coursesOf, isGiven, tookPlace } from "../../records/told.js"
import { moodsOf } from "../../summaries/rules.js"
import { keepRow } from "../meetings/acts.js"
import { asksStart, running, standing, TREATED } from "./rules.js"
import { words as letter } from "./letter-words.js"
import { words } from "./words.js"

const KIND = "course"
/** Under this name the device notes of which course the mood before it was asked for. */
const ASKED = "start-asked"
const RATINGS = Array.from({ length: 11 }, (_, i) => i)

/** @typedef {import("./rules.js").Course} Course */
/** @typedef {import("./rules.js").Session} Session */
/** @typedef {import("../../records/store.js").Row} Row */

export default function CoursePage() {
  const rows = useRows(KIND)
  const given = useRows("treatment_session")
  const entries = useRows("check_in")
  const [isChanging, setChanging] = useState(false)
  const [told, setTold] = useState("")
  if (!rows || !given || !entries) return html`<h1>${words.title}</h1>`
  const startsAt = account.value?.day_starts_at
  const today = localDay(now(), hereZone(), startsAt)
  const courses = coursesOf(rows)
  const course = running(courses, today)
  const sessions = /** @type {Session[]} */ (given.map(({ id, record: { values } }) => ({ ...values, id, day: localDay(values.starts_at, values.zone, startsAt) })))
  const row = rows.find(({ id }) => id === course?.id)
  const took = tookPlace(given, now())
  const asks = course && asksStart(sessions.filter((one) => isGiven(one) && one.day <= today).toSorted((a, b) => (a.day < b.day ? -1 : 1)), course, courses, moodsOf(entries, took, startsAt))
  const earlier = courses.filter(({ id }) => id !== course?.id).toSorted((a, b) => (a.started_on < b.started_on ? 1 : -1))
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <p class="soft" role="status">${told}</p>
    ${isChanging || (!course && !earlier.length)
      ? html`<${Form} row=${row ?? null} today=${today} onDone=${() => setChanging(false)} />`
      : course && row
        ? html`
          <section class="part"><${Standing} ...${{ course, courses, sessions }} />
            <p><button class="link" type="button" onClick=${() => setChanging(true)}>${words.change}</button></p></section>
          ${asks && html`<${AskStart} row=${row} />`}
          <${End} row=${row} onTold=${setTold} />`
        : html`<${After} latest=${earlier[0]} />`}
    ${earlier.length > 0 && html`
      <section class="part"><h2>${words.earlier}</h2>
        ${earlier.map((one, i) => html`<div key=${one.id} class="part"><${Standing} ...${{ course: one, courses, sessions }} />
          ${one.ended_on && (course || i > 0) && html`<p><a class="small" href=${`#/course/${one.id}/letter`}>${letter.letter}</a></p>`}
          ${!course && i === 0 && one.ended_on && html`<p><button class="link small" type="button" onClick=${() => reopen(rows.find(({ id }) => id === one.id))}>${words.reopen}</button></p>`}</div>`)}
      </section>
      ${!course && !isChanging && html`<p class="part"><button class="plain" type="button" onClick=${() => setChanging(true)}>${words.begin}</button></p>`}`}`
}

/** @param {{course: Course, courses: Course[], sessions: Session[]}} props */
function Standing({ course, courses, sessions }) {
  const { given, induction, noted, maintenance } = standing(sessions, course, courses)
  const treated = listed((course.treated_for ?? []).map((one) => words.treated_for[one]))
  const parts = [
    treated && words.of(treated),
    course.ended_on ? words.span(dayWords(course.started_on), dayWords(course.ended_on)) : words.since(dayWords(course.started_on)),
    words.given(given, Boolean(course.ended_on)), noted > 0 && words.induction(induction, noted), maintenance > 0 && words.maintenance(maintenance),
    course.start_recalled !== undefined && words.recalled_as(course.start_recalled),
  ]
  return html`<p>${parts.filter(Boolean).join(" ")}</p>${course.reason && html`<blockquote class="quote said">${course.reason}</blockquote>`}`
}

/** @param {{row: Row | null, today: string, onDone: () => void}} props */
function Form({ row, today, onDone }) {
  const before = row?.record.values ?? {}
  const [trouble, setTrouble] = useState("")
  const save = async (/** @type {any} */ event) => {
    event.preventDefault()
    const form = new FormData(event.target)
    const treated_for = TREATED.filter((one) => form.getAll("treated").includes(one))
    const values = { ...before, started_on: String(form.get("started_on")), treated_for: treated_for.length ? treated_for : null }
    try {
      await keepRow(KIND, row?.id ?? uuid7(), Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)), row?.record)
      onDone()
    } catch (fault) {
      console.info("The course was not kept.", fault)
      setTrouble(words.not_kept)
    }
  }
  return html`
    <form class="part" onSubmit=${save} autocomplete="off">
      <fieldset class="field choices"><legend>${words.treated}</legend>
        ${TREATED.map((one) => html`<label key=${one}><input type="checkbox" name="treated" value=${one} defaultChecked=${before.treated_for?.includes(one)} /><span>${words.treated_for[one]}</span></label>`)}</fieldset>
      <${Field} name="started_on" label=${words.started} type="date" required max=${today} defaultValue=${before.started_on ?? today} />
      ${trouble && html`<p class="fault part" role="alert">${trouble}</p>`}
      <div class="actions"><button class="button">${words.save}</button>${row && html`<button class="link" type="button" onClick=${onDone}>${words.leave}</button>`}</div>
    </form>`
}

/** The mood before the first session, asked once where it was not measured. @param {{row: Row}} props */
function AskStart({ row }) {
  const [isAsked, setAsked] = useState(true)
  const [chosen, choose] = useState(/** @type {number | null} */ (null))
  useEffect(() => void journal().then((db) => noteOf(db, ASKED)).then((note) => setAsked(note?.course === row.id)), [row.id])
  if (isAsked) return null
  const answer = async (/** @type {number | null} */ mood) => {
    if (mood !== null) return keepRow(KIND, row.id, { ...row.record.values, start_recalled: mood }, row.record)
    await keepNote(await journal(), { id: ASKED, course: row.id })
    setAsked(true)
  }
  return html`
    <section class="part"><fieldset class="scale"><legend>${words.recalled}</legend>
      <p class="aside smallest">${words.recalled_why}</p>
      <div class="numerals">${RATINGS.map((value) => html`<label key=${value}><input type="radio" name="recalled" value=${value} onChange=${() => choose(value)} /><span>${value}</span></label>`)}</div>
      <p class="ends smallest" aria-hidden="true">${words.ends.map((end) => html`<span key=${end}>${end}</span>`)}</p></fieldset>
      <div class="actions">${chosen !== null && html`<button class="button" type="button" onClick=${() => answer(chosen)}>${words.save}</button>`}
        <button class="link small" type="button" onClick=${() => answer(null)}>${words.cannot_say}</button></div></section>`
}

/** @param {{row: Row, onTold: (said: string) => void}} props */
function End({ row, onTold }) {
  const half = useHalf(KIND, `${row.id}/end`)
  return half && html`<${Ending} ...${{ half, row, onTold }} />`
}

/** @param {{half: import("../../records/half.js").Half, row: Row, onTold: (said: string) => void}} props */
function Ending({ half, row, onTold }) {
  const [isAsking, setAsking] = useState(half.isFound)
  const [{ reason }, write] = useFields(half, { reason: "" })
  const leave = () => {
    write({ reason: "" })
    setAsking(false)
  }
  const end = async (/** @type {any} */ event) => {
    event.preventDefault()
    const today = localDay(now(), hereZone(), account.peek()?.day_starts_at)
    const last = today > row.record.values.started_on ? today : row.record.values.started_on
    await keepRow(KIND, row.id, { ...row.record.values, ended_on: last, ...(reason.trim() ? { reason: reason.trim() } : {}) }, row.record)
    await half.drop()
    if (!account.value) return
    const isOff = await stopReminders().then(() => true, () => false)
    onTold(isOff ? words.reminders_off : words.reminders_stay)
  }
  if (!isAsking) return html`<p class="part"><button class="link" type="button" onClick=${() => setAsking(true)}>${words.end}</button></p>`
  return html`
    <form class="part" onSubmit=${end} autocomplete="off"><h2>${words.end}</h2>
      <p>${words.ending}</p>
      <div class="field"><label for="reason">${words.reason}</label><textarea autocomplete="off" id="reason" rows="2" maxlength="20000" value=${reason} onInput=${(/** @type {any} */ { target }) => write({ reason: target.value })}></textarea></div>
      <${Unwatched} />
      <div class="actions"><button class="button">${words.end_now}</button><button class="link" type="button" onClick=${leave}>${words.leave}</button></div>
    </form>`
}

/** What can be done now, the letter first: somebody who stops is not asked to begin. @param {{latest: Course}} props */
const After = ({ latest }) => html`
  <section class="part"><h2>${words.ended}</h2><p>${words.after}</p>
    <ul class="rows">${latest.ended_on && html`<li><span><a href=${`#/course/${latest.id}/letter`}>${letter.letter}</a><br /><span class="soft small">${letter.letter_for}</span></span></li>`}
      <li>${words.keep}</li>
      ${account.value && html`<li><a href="#/questionnaires">${words.monthly}</a></li><li><a href="#/reminder">${words.to_reminders}</a></li>`}
      <li><a href="#/safety-plan">${words.signs}</a></li>
      ${account.value && html`<li><a href="#/account">${words.erase}</a></li>`}</ul></section>`

async function stopReminders() {
  for (const { id } of itemsOf(await call("GET", "/api/reminders"))) await call("DELETE", `/api/reminders/${id}`)
}

/** @param {Row | undefined} row */
async function reopen(row) {
  if (!row) return
  const { ended_on, reason, ...values } = row.record.values
  await keepRow(KIND, row.id, values, row.record)
}
