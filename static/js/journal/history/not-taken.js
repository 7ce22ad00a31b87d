/** On History: whatever the server did not take, of every kind, with the reason and the page where it can be mended. */
import { account, journal } from "../../accounts/account.js"
import { heard } from "../../base/database.js"
import { now } from "../../base/time.js"
import { instantWords } from "../../base/time-words.js"
import { html, useEffect, useRef, useState } from "../../base/ui.js"
import { knownBy } from "../../measures/known.js"
import { numbersLine } from "../../measures/numbers-line.js"
import { refusedHere, throwAway } from "../../records/refused.js"
import { sendLater, sendNow } from "../../records/sending.js"
import { restore } from "../../records/store.js"
import { words } from "./words.js"

/** @typedef {import("../../records/refused.js").Refused} Refused */

/** Where each kind is changed; others are filled in anew. @type {Record<string, (row: Refused) => string>} */
const PAGES = {
  check_in: ({ id }) => `#/entry/${id}`,
  treatment_session: ({ id }) => `#/session/${id}`,
  medication: () => "#/medicines",
  meeting: () => "#/meetings",
  question: () => "#/meetings",
  course: () => "#/course",
  safety_plan: () => "#/safety-plan/write",
}
/** @type {Record<string, (row: Refused) => string>} */
const ANEW = {
  response: ({ record }) => `#/questionnaires/${record.values.instrument}`,
  watch: () => "#/watch",
  help_request: () => "#/help",
}

export function NotTaken() {
  const [all, setAll] = useState(/** @type {Refused[]} */ ([]))
  const [thrown, setThrown] = useState(/** @type {Refused | null} */ (null))
  const who = account.value?.id
  useEffect(() => {
    let isHere = true
    const read = () => void journal().then(refusedHere).then((found) => isHere && setAll(found)).catch(console.info)
    setThrown(null)
    read()
    const stop = heard((what) => what === "records" && read())
    return () => {
      isHere = false
      stop()
    }
  }, [who])
  const discard = async (/** @type {Refused} */ row) => {
    await throwAway(await journal(), row, now())
    setThrown(row)
  }
  const back = async () => {
    if (thrown) await restore(await journal(), thrown, now())
    setThrown(null)
    sendNow()
    sendLater()
  }
  return html`
    <div role="status">${thrown && html`<p class="notice gone">${words.thrown_away(titleOf(thrown))} <button class="link" type="button" onClick=${back}>${words.bring_back}</button></p>`}</div>
    ${all.length > 0 && html`
      <section class="part not-taken"><h2>${words.not_taken_title}</h2>
        <p class="soft small">${words.not_taken_means}</p>
        <ul class="notes">${all.toSorted((a, b) => Number(isAsking(b)) - Number(isAsking(a))).map((row) => html`<${One} key=${row.id} row=${row} onThrow=${() => discard(row)} />`)}</ul></section>`}`
}

/** @param {{row: Refused, onThrow: () => void}} props */
function One({ row, onThrow }) {
  const { kind, refused, isDeletion, record } = row
  const reasons = refused.map(({ pointer, detail }) => words.reason(pointer.split("/").at(-1) ?? "", detail)).join("; ") || words.no_reason
  const change = !isDeletion && PAGES[kind]?.(row)
  const anew = !isDeletion && ANEW[kind]?.(row)
  return html`
    <li><p>${titleOf(row)} <span class="soft small">${instantWords(row.at, record.values.zone)}</span></p>
      ${isAsking(row) && html`<${ReachedNobody} />`}
      <p class="small">${isDeletion ? words.deletion_refused(reasons) : words.refused(reasons)}</p>
      <p class="entry-ways">
        ${change && html`<a href=${change}>${words.change_to_send}</a>`}
        ${anew && html`<a href=${anew}>${kind === "help_request" ? words.ask_again : words.anew}</a>`}
        <button class="link" type="button" aria-label=${`${isDeletion ? words.leave_it : words.throw_away}: ${titleOf(row)}`} onClick=${onThrow}>${isDeletion ? words.leave_it : words.throw_away}</button></p></li>`
}

/** Whether somebody asked that their therapist be told: that comes first. @param {Refused} row */
const isAsking = ({ kind, record }) => kind === "help_request" && record.values.choice === "tell_therapist"

/** Somebody waits who was never heard: whom to call comes first. */
function ReachedNobody() {
  const place = useRef(/** @type {Element | null} */ (null))
  useEffect(() => void numbersLine().then((line) => place.current?.append(...line)), [])
  return html`<p ref=${place} class="notice">${words.reached_nobody}</p>`
}

/** "Medicine: Lamotrigine". @param {Refused} row */
function titleOf({ kind, record: { values } }) {
  const named = kind === "response" ? (knownBy(values.instrument)?.title ?? String(values.instrument).toUpperCase()) : values.name
  return [words.kind[kind] ?? kind, named].filter(Boolean).join(": ")
}
