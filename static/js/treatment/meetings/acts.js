/** What is kept, and taken away, of a question or a meeting, with the way back. */
import { account, journal } from "../../accounts/account.js"
import { now } from "../../base/time.js"
import { html, signal } from "../../base/ui.js"
import { sendLater, sendNow } from "../../records/sending.js"
import { keep, remove, restore } from "../../records/store.js"
import { words } from "./words.js"

/** @typedef {import("../../records/store.js").Row} Row */

/** What was removed last, and whose. @type {import("../../base/ui.js").Signal<{who: string | undefined, row: Row} | null>} */
const gone = signal(null)

/** @param {string} kind @param {string} id @param {Record<string, any>} values @param {import("../../records/rules.js").Wire} [shown] */
export async function keepRow(kind, id, values, shown) {
  await keep(await journal(), kind, id, values, now(), Object.keys(shown?.alternatives ?? {}), shown, null)
  gone.value = null
  send()
}

/** @param {Row} row */
export async function removeRow(row) {
  await remove(await journal(), row, now())
  gone.value = { who: account.value?.id, row }
  send()
}

async function bringBack() {
  const last = gone.peek()
  if (!last) return
  await restore(await journal(), last.row, now())
  gone.value = null
  send()
}

/** Says what was removed, with the way back. @param {{kind: string}} props */
export function Removed({ kind }) {
  const last = gone.value
  const isMine = last && last.row.kind === kind && last.who === account.value?.id
  return html`<div role="status">${isMine && html`<p class="notice">${words.removed} <button class="link" type="button" onClick=${bringBack}>${words.undo}</button></p>`}</div>`
}

function send() {
  sendNow()
  sendLater()
}
