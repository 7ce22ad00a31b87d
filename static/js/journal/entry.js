/** One line of History, a check-in or a session: read, mend, delete with a way back, and the choice where a note has two versions. */
import { account, journal } from "../accounts/account.js"
import { instantWords, now, timeWords } from "../base/time.js"
import { html, signal, useState } from "../base/ui.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep, remove, restore } from "../records/store.js"
import { isRememberedLater } from "./rules.js"
import { AUDIENCES, extrasWords, ratingsWords, sessionWords } from "./words.js"

/** @typedef {import("../records/store.js").Row} Row */

/** Deleted here a moment ago; the way back stays until the page is left. @type {import("../base/ui.js").Signal<Row[]>} */
const deleted = signal([])

/** @param {{row: Row}} props */
export function Entry({ row }) {
  const [isOpen, setOpen] = useState(false)
  const { record } = row
  const { values } = record
  const versions = record.alternatives.note ?? []
  return html`
    <article class="entry">
      <button class="entry-head" type="button" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
        <span class="number">${timeWords(row.at, values.zone)}</span>
        <span class="what">${row.kind === "check_in" ? ratingsWords(values) : html`<span class="caesura" aria-hidden="true">//</span> ${sessionWords(values)}`}</span>
        ${row.waiting && account.value && html`<span class="soft smallest state">${row.refused ? "not taken" : "not yet sent"}</span>`}
      </button>
      ${row.kind === "check_in" && isRememberedLater(record) && html`<p class="soft smallest">remembered later</p>`}
      ${values.note && versions.length === 0 && html`<p class="said">${values.note}</p>`}
      ${versions.length > 0 && html`<${Versions} row=${row} versions=${[values.note ?? "", ...versions]} />`}
      ${row.refused && html`<${Refused} row=${row} />`}
      ${isOpen && html`<${Opened} row=${row} />`}
    </article>`
}

/** @param {{row: Row}} props */
function Opened({ row }) {
  const { values, recorded_at, received_at } = row.record
  const lines = [!row.waiting && received_at && `sent ${instantWords(received_at)}`, ...extrasWords(values), values.dose_mg && `${values.dose_mg} mg`,
    values.note && `note: ${AUDIENCES[values.audience ?? "me"]}${values.bring ? ", to bring to the next meeting" : ""}`,
    row.kind === "check_in" && isRememberedLater(row.record) && `written ${instantWords(recorded_at, values.zone)}`].filter(Boolean)
  const erase = async () => {
    const db = await journal()
    deleted.value = [...deleted.value, row]
    await remove(db, row, now())
    send()
  }
  return html`
    ${lines.length > 0 && html`<p class="soft small">${lines.join(" · ")}</p>`}
    <div class="entry-ways"><a href=${pageOf(row)}>Change</a>
      <button class="link" type="button" onClick=${erase}>Delete</button></div>`
}

/** What was just deleted, each with its way back. */
export function Deleted() {
  const back = async (/** @type {Row} */ row) => {
    deleted.value = deleted.value.filter(({ id }) => id !== row.id)
    await restore(await journal(), row, now())
    send()
  }
  return html`${deleted.value.map((row) => html`
    <p key=${row.id} class="notice" role="status">What stood at ${timeWords(row.at, row.record.values.zone)} is deleted.
      ${" "}<button class="link" type="button" onClick=${() => back(row)}>Bring it back</button></p>`)}`
}

/** Nothing can be brought back once the page is left. */
export const forgetDeleted = () => void (deleted.value = [])

/** @param {{row: Row, versions: string[]}} props */
function Versions({ row, versions }) {
  const take = async (/** @type {string} */ note) => {
    await keep(await journal(), row.kind, row.id, { ...row.record.values, note }, now(), ["note"])
    send()
  }
  return html`
    <p class="soft small">This note was written on two devices. Both are here until you choose.</p>
    ${versions.map((text) => html`
      <div key=${text} class="version"><p class="said">${text || "(no note)"}</p>
        <button class="link" type="button" onClick=${() => take(text)}>Keep this one</button></div>`)}
    <button class="link" type="button" onClick=${() => take(versions.filter(Boolean).join("\n\n"))}>Keep both, one under the other</button>`
}

/** @param {{row: Row}} props */
function Refused({ row }) {
  const reasons = (row.refused ?? []).map(({ pointer, detail }) => `${pointer.split("/").at(-1)?.replaceAll("_", " ")} ${detail}`)
  return html`
    <p class="fault">The server did not take this: ${reasons.join("; ") || "no reason was given"}. It is kept here.
      ${" "}<a href=${pageOf(row)}>Change it to send it again</a></p>`
}

/** @param {Row} row */
const pageOf = ({ kind, id }) => (kind === "check_in" ? `#/entry/${id}` : `#/session/${id}`)

function send() {
  sendNow()
  sendLater()
}
