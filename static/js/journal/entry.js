/** One line of History, a check-in or a session: read, mend, delete with a way back, and the choice where a note has two versions. */
import { account } from "../accounts/account.js"
import { instantWords, timeWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { isRememberedLater } from "./rules.js"
import { Chosen, choose, erase, Gone, isDeleted } from "./way-back.js"
import { extrasWords, ratingsWords, sessionWords } from "./entry-words.js"
import { words } from "./words.js"

/** @typedef {import("../records/store.js").Row} Row */

/** @param {{row: Row}} props */
export function Entry({ row }) {
  const [isOpen, setOpen] = useState(false)
  const { record } = row
  const { values } = record
  const versions = record.alternatives.note ?? []
  // A tap anywhere on the entry opens it; one that marks words of the note does not.
  const turn = () => getSelection()?.isCollapsed !== false && setOpen(!isOpen)
  if (isDeleted(row)) return html`<article class="entry"><${Gone} row=${row} /></article>`
  return html`
    <article class="entry">
      <button class="entry-head" type="button" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
        <span class="number">${timeWords(row.at, values.zone)}</span>
        <span class="what">${row.kind === "check_in" ? ratingsWords(values) : html`<span class="caesura" aria-hidden="true">//</span> ${sessionWords(values)}`}</span>
        ${row.waiting && account.value && html`<span class="soft smallest state">${row.refused ? "not taken" : "not yet sent"}</span>`}
      </button>
      ${row.kind === "check_in" && isRememberedLater(record) && html`<p class="soft smallest">remembered later</p>`}
      ${values.note && versions.length === 0 && html`<p class="said" onClick=${turn}>${values.note}</p>`}
      <${Chosen} row=${row} />
      ${versions.length > 0 && html`<${Versions} row=${row} versions=${[values.note ?? "", ...versions]} />`}
      ${row.refused && html`<${Refused} row=${row} />`}
      ${isOpen && html`<${Opened} row=${row} />`}
    </article>`
}

/** @param {{row: Row}} props */
function Opened({ row }) {
  const { values, recorded_at, received_at } = row.record
  const lines = [!row.waiting && received_at && `sent ${instantWords(received_at)}`, ...extrasWords(values), values.dose_mg && `${values.dose_mg} mg`,
    values.note && `note: ${words.audience[values.audience ?? "me"]}${values.bring ? ", to bring to the next meeting" : ""}`,
    row.kind === "check_in" && isRememberedLater(row.record) && `written ${instantWords(recorded_at, values.zone)}`].filter(Boolean)
  return html`
    ${lines.length > 0 && html`<p class="soft small">${lines.join(" · ")}</p>`}
    <div class="entry-ways"><a href=${pageOf(row)}>Change</a>
      <button class="link" type="button" onClick=${() => erase(row)}>Delete</button></div>`
}

/** @param {{row: Row, versions: string[]}} props */
function Versions({ row, versions }) {
  return html`
    <p class="soft small">This note was written on two devices. Both are here until you choose.</p>
    ${versions.map((text) => html`
      <div key=${text} class="version"><p class="said">${text || "(no note)"}</p>
        <button class="link" type="button" onClick=${() => choose(row, text)}>Keep this one</button></div>`)}
    <button class="link" type="button" onClick=${() => choose(row, versions.filter(Boolean).join("\n\n"))}>Keep both, one under the other</button>`
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
