/** What was just deleted or decided on History, with its way back: kept until the page is closed or somebody else is here. */
import { account, journal } from "../../accounts/account.js"
import { now } from "../../base/time.js"
import { instantWords } from "../../base/time-words.js"
import { html, signal, useEffect, useRef } from "../../base/ui.js"
import { sendLater, sendNow } from "../../records/sending.js"
import { keep, remove, reopen, restore } from "../../records/store.js"
import { words } from "./words.js"

/** @typedef {import("../../records/store.js").Row} Row */
/** @typedef {{who: string | undefined, row: Row, half?: import("../../records/drafts.js").Draft}} Done an act of somebody, the row as it stood before, and what was half written of it */

/** @type {import("../../base/ui.js").Signal<Done[]>} */
const deleted = signal([])
/** @type {import("../../base/ui.js").Signal<Done[]>} */
const chosen = signal([])
/** For those who listen to the page. */
const said = signal("")
/** What was pressed goes away with the entry; the finger and the keys find the way back in its place. */
let justDeleted = ""

/** What stands as deleted: rows as they were. @returns {Row[]} */
export const deletedRows = () => mine(deleted.value)

/** Whether this is a row as it was before it was deleted. @param {Row} row @returns {boolean} */
export const isDeleted = (row) => deletedRows().includes(row)

/** @param {Row} row */
export async function erase(row) {
  const half = await remove(await journal(), row, now())
  justDeleted = row.id
  deleted.value = [...deleted.value, { who: account.value?.id, row, half }]
  said.value = deletedWords(row)
  send()
}

/** Keeps one text of a note that has two versions. @param {Row} row @param {string} note */
export async function choose(row, note) {
  await keep(await journal(), row.kind, row.id, { ...row.record.values, note }, now(), ["note"])
  chosen.value = [...without(chosen.value, row), { who: account.value?.id, row }]
  said.value = words.decided
  send()
}

/** Always on the page, so that what comes into it is read out. */
export const Said = () => html`<p class="unseen" role="status">${said.value}</p>`

/** In the place of an entry that was deleted. @param {{row: Row}} props */
export function Gone({ row }) {
  const button = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(() => {
    if (justDeleted === row.id) button.current?.focus()
    justDeleted = ""
  }, [])
  const back = async () => {
    await restore(await journal(), row, now(), deleted.peek().find((done) => done.row === row)?.half)
    deleted.value = without(deleted.value, row)
    said.value = words.is_back
    send()
  }
  return html`
    <p class="notice gone">${deletedWords(row)}
      ${" "}<button ref=${button} class="link" type="button" onClick=${back}>${words.bring_back}</button></p>`
}

/** Under a note of which one version was just kept. @param {{row: Row}} props */
export function Chosen({ row }) {
  const before = mine(chosen.value).find(({ id }) => id === row.id)
  if (!before || row.record.alternatives.note?.length) return null
  const back = async () => {
    await reopen(await journal(), before, now())
    chosen.value = without(chosen.value, row)
    said.value = words.both_again
    send()
  }
  return html`<p class="soft small">${words.kept_one} <button class="link" type="button" onClick=${back}>${words.show_both}</button></p>`
}

/** @param {Row} row */
const deletedWords = ({ kind, at, record }) =>
  words.deleted(kind, instantWords(at, record.values.zone))

/** @param {Done[]} all */
const mine = (all) => all.filter(({ who }) => who === account.value?.id).map(({ row }) => row)

/** @param {Done[]} all @param {Row} row */
const without = (all, row) => all.filter((done) => done.row.id !== row.id)

function send() {
  sendNow()
  sendLater()
}
