/** For the next meeting: questions, notes that were marked to bring, and meetings with what was agreed to try. */
import { hereZone, now, wall } from "../../base/time.js"
import { dayWords, instantWords } from "../../base/time-words.js"
import { html, useState } from "../../base/ui.js"
import { Unwatched } from "../../base/unwatched.js"
import { useFields, useHalf } from "../../records/half.js"
import { useRows } from "../../records/rows.js"
import { keepRow, Removed, removeRow } from "./acts.js"
import { Meetings } from "./meetings.js"
import { brought, sorted } from "./rules.js"
import { words } from "./words.js"

const LONGEST = 2_000
const KIND = "question"

/** @typedef {import("../../records/store.js").Row} Row */

export default function Page() {
  const questions = useRows(KIND)
  const meetings = useRows("meeting")
  const entries = useRows("check_in")
  const [asked, setAsked] = useState(0)
  if (!questions || !meetings || !entries) return html`<h1>${words.title}</h1>`
  const { open, settled } = sorted(questions)
  const notes = brought(entries, meetings, now())
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <div class="columns">
      <div>
        <${Ask} key=${asked} onKept=${() => setAsked(asked + 1)} />
        <section class="part"><h2>${words.open}</h2>
          <${Removed} kind=${KIND} />
          ${open.length ? html`<ul class="rows">${open.map((row) => html`<${Question} key=${row.id} row=${row} />`)}</ul>` : html`<p class="soft small">${words.none}</p>`}
          ${open.length > 1 && html`<p><button class="link small" type="button" onClick=${() => settle(open)}>${words.settle_all}</button></p>`}
        </section>
        ${notes.length > 0 && html`<section class="part"><h2>${words.brought}</h2>
          <ul class="around">${notes.map(({ id, record: { values } }) => html`
            <li key=${id}><p class="small"><a href=${`#/entry/${id}`}>${instantWords(values.occurred_at, values.zone)}</a></p><p class="said">${values.note}</p></li>`)}</ul></section>`}
        ${settled.length > 0 && html`<details class="fold part"><summary>${words.settled(settled.length)}</summary>
          <ul class="rows">${settled.map((row) => html`<${Question} key=${row.id} row=${row} />`)}</ul></details>`}
      </div>
      <aside><${Meetings} rows=${meetings} /></aside>
    </div>`
}

/** A new question, kept as it is typed. @param {{onKept: () => void}} props */
function Ask({ onKept }) {
  const half = useHalf(KIND, null)
  return half && html`<${AskForm} key=${half.draft.id} half=${half} onKept=${onKept} />`
}

/** @param {{half: import("../../records/half.js").Half, onKept: () => void}} props */
function AskForm({ half, onKept }) {
  const [fields, write] = useFields(half, { text: "", audience: "me" })
  const [trouble, setTrouble] = useState("")
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault()
    if (!fields.text.trim()) return document.getElementById("question")?.focus()
    await half.atRest()
    keepRow(KIND, half.draft.id, { text: fields.text.trim(), audience: fields.audience }).then(onKept, (fault) => {
      console.info("The question was not kept.", fault)
      setTrouble(words.not_kept)
    })
  }
  return html`
    <form onSubmit=${save} autocomplete="off">
      <div class="field"><label for="question">${words.question}</label>
        <textarea autocomplete="off" id="question" rows="2" maxlength=${LONGEST} value=${fields.text} onInput=${(/** @type {any} */ event) => write({ text: event.target.value })}></textarea></div>
      <div class="field"><label for="question-reader">${words.reader}</label>
        <select id="question-reader" value=${fields.audience} onChange=${(/** @type {any} */ event) => write({ audience: event.target.value })}>
          ${Object.entries(words.audience).map(([key, said]) => html`<option key=${key} value=${key}>${said}</option>`)}</select></div>
      ${trouble && html`<p class="fault part" role="alert">${trouble}</p>`}
      <${Unwatched} />
      <div class="actions"><button class="button">${words.add}</button></div>
    </form>`
}

/** @param {{row: Row}} props */
function Question({ row }) {
  const { text, audience = "me", settled_at } = row.record.values
  const { settled_at: _then, ...again } = row.record.values
  return html`
    <li><span><span class="said">${text}</span> <span class="soft small">${words.audience[audience]}${settled_at && `, ${words.settled_on(dayWords(wall(settled_at, hereZone()).day))}`}</span></span>
      <span class="ways">${settled_at
        ? html`<button class="link" type="button" onClick=${() => keepRow(KIND, row.id, again, row.record)}>${words.again}</button>`
        : html`<button class="link" type="button" onClick=${() => settle([row])}>${words.settle}</button>`}
        <button class="link" type="button" aria-label=${`${words.remove}: ${text}`} onClick=${() => removeRow(row)}>${words.remove}</button></span></li>`
}

/** @param {Row[]} rows */
async function settle(rows) {
  for (const row of rows) await keepRow(KIND, row.id, { ...row.record.values, settled_at: now() }, row.record)
}
