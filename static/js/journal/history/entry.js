/** One line of History, a check-in, a session or a questionnaire: read, mend, delete with a way back, and the choice where a note has two versions. */
import { account } from "../../accounts/account.js"
import { lastShares } from "../../accounts/open-shares.js"
import { isRead, readersOf } from "../../accounts/rules.js"
import { number, timeWords } from "../../base/language.js"
import { hereZone } from "../../base/time.js"
import { instantWords } from "../../base/time-words.js"
import { html, useEffect, useId, useState } from "../../base/ui.js"
import { formWords, Score } from "../../measures/score.js"
import { isRememberedLater } from "../../records/told.js"
import { ratingsWords } from "../entry-words.js"
import { extrasWords, textsWords } from "../more/answers.js"
import { placeOf } from "./rules.js"
import { Words } from "./said.js"
import { EarlierVersions } from "./versions.js"
import { Chosen, choose, erase, Gone, isDeleted } from "./way-back.js"
import { words } from "./words.js"

/** @typedef {import("../../records/store.js").Row} Row */

/** @param {{row: Row, terms?: string[]}} props `terms`: what a search found, to be marked */
export function Entry({ row, terms = [] }) {
  const [isOpen, setOpen] = useState(false)
  const { record } = row
  const { values } = record
  const versions = record.alternatives.note ?? []
  const isCheckIn = row.kind === "check_in"
  // A tap anywhere on the entry opens it; one that marks words of the note does not.
  const turn = () => getSelection()?.isCollapsed !== false && setOpen(!isOpen)
  if (isDeleted(row)) return html`<article class="entry"><${Gone} row=${row} /></article>`
  // What was found is to be seen, folded away or not.
  const texts = isOpen || terms.length ? textsWords(values) : []
  return html`
    <article class="entry">
      <button class="entry-head" type="button" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
        <span class="number">${timeInWords(row)}</span>
        <span class="what">${whatOf(row)}</span>
        ${row.waiting && account.value && html`<span class="soft smallest state">${row.refused ? words.not_taken : words.not_sent}</span>`}
      </button>
      ${isCheckIn && isRememberedLater(record) && html`<p class="soft smallest">${words.remembered_later}</p>`}
      ${values.note && versions.length === 0 && html`<${Words} text=${values.note} terms=${terms} onClick=${turn} />`}
      ${texts.map((text) => html`<${Words} key=${text} text=${text} terms=${terms} />`)}
      <${Chosen} row=${row} />
      ${versions.length > 0 && html`<${Versions} row=${row} versions=${[values.note ?? "", ...versions]} terms=${terms} />`}
      ${row.refused && html`<${Refused} row=${row} />`}
      ${isOpen && html`<${Opened} row=${row} />`}
    </article>`
}

/** "21:10", or "21:10 in Lisbon" where the clock here showed another time. @param {Row} row */
function timeInWords({ at, record }) {
  const { zone } = record.values
  const place = placeOf(at, zone, hereZone())
  return place ? words.in_place(timeWords(at, zone), place) : timeWords(at, zone)
}

/** @param {Row} row */
function whatOf({ kind, record: { values } }) {
  if (kind === "treatment_session") return html`<span class="caesura" aria-hidden="true">//</span> ${sessionWords(values)}`
  return kind === "response" ? formWords(values) : ratingsWords(values)
}

/** @param {Record<string, any>} values */
const sessionWords = ({ status = "happened" }) => words.session[status] ?? words.session.happened

/** @param {{row: Row}} props */
function Opened({ row }) {
  const { values, recorded_at, received_at, edited_at } = row.record
  const audience = values.audience ?? "me"
  const [readers, setReaders] = useState(/** @type {string[] | undefined} */ (undefined))
  useEffect(() => void lastShares().then((shares) => setReaders(shares && readersOf(shares, "notes"))), [])
  const lines = [...extrasWords(values), values.dose_mg && words.dose(number(values.dose_mg)),
    values.note && words.note_for(words.audience[audience], Boolean(readers && audience !== "me" && !isRead(readers, audience)), Boolean(values.bring)),
    row.kind === "check_in" && isRememberedLater(row.record) && words.written_at(instantWords(recorded_at, values.zone)),
    !row.waiting && received_at && words.sent_at(instantWords(received_at))].filter(Boolean)
  return html`
    ${row.kind === "response" && html`<${Score} row=${row} />`}
    ${lines.length > 0 && html`<p class="soft small">${lines.join(" · ")}</p>`}
    <div class="entry-ways">${row.kind !== "response" && html`<a href=${pageOf(row)}>${words.change}</a>`}
      <button class="link" type="button" onClick=${() => erase(row)}>${words.remove}</button>
      ${values.note && audience !== "me" && html`<a href="#/share/notes">${words.who_read}</a>`}
      ${row.base && edited_at !== recorded_at && html`<${EarlierVersions} row=${row} />`}</div>`
}

/** @param {{row: Row, versions: string[], terms: string[]}} props */
function Versions({ row, versions, terms }) {
  const id = useId()
  return html`
    <p class="soft small">${words.two_versions}</p>
    ${versions.map((text, i) => html`
      <div key=${text} class="version"><${Words} id=${`${id}-${i}`} text=${text || words.no_note} terms=${terms} />
        <button class="link" type="button" aria-describedby=${`${id}-${i}`} onClick=${() => choose(row, text)}>${words.keep_this}</button></div>`)}
    <button class="link" type="button" onClick=${() => choose(row, versions.filter(Boolean).join("\n\n"))}>${words.keep_both}</button>`
}

/** @param {{row: Row}} props */
function Refused({ row }) {
  const reasons = (row.refused ?? []).map(({ pointer, detail }) => words.reason(pointer.split("/").at(-1) ?? "", detail))
  return html`
    <p class="fault">${words.refused(reasons.join("; ") || words.no_reason)}${row.kind !== "response" && html` <a href=${pageOf(row)}>${words.change_to_send}</a>`}</p>`
}

/** @param {Row} row */
const pageOf = ({ kind, id }) => (kind === "check_in" ? `#/entry/${id}` : `#/session/${id}`)
