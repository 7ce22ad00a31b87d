/** What is done to a session on this device, and its way back. */
import { account, journal } from "../accounts/account.js"
import { uuid7 } from "../base/database.js"
import { hereZone, now } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { html, signal } from "../base/ui.js"
import { sendLater, sendNow } from "../records/sending.js"
import { draftOf, dropDraft } from "../records/drafts.js"
import { keep, one, remove, restore } from "../records/store.js"
import { atRest } from "./own.js"
import { words } from "./words.js"

export const SESSION = "treatment_session"

/** The id of what is half changed of a session; the person's own words about it are half written under its own. @param {string} id */
export const halfChangeOf = (id) => `${id}/change`

/** @typedef {import("../records/store.js").Row} Row */
/** @typedef {import("../records/drafts.js").Draft} Draft */
/**
 * @typedef {object} Done
 * @property {string | undefined} who @property {string} id @property {string} said @property {boolean} [isBack]
 * @property {Row | null} before null for what was new
 * @property {Record<string, any>} [values] what it became, unless it was removed
 * @property {Draft} [half] what was half written of it, where that went with the act
 */

/** What was done last. @type {import("../base/ui.js").Signal<Done | null>} */
const done = signal(null)

/** Changes with each act and with its way back. */
export const lastAct = () => done.value

/**
 * Keeps a session; the page may take it back. @param {Row | null} row as it stands, null for a new one
 * @param {Record<string, any>} values @param {string} said @param {string} [newId] under which a new one was half written @returns {Promise<string>} its id
 */
export async function keepSession(row, values, said, newId) {
  const id = row?.id ?? newId ?? uuid7()
  await keep(await journal(), SESSION, id, values, now(), [], row?.record, newId ? null : undefined)
  tell({ who: account.value?.id, id, before: row, values, said })
  return id
}

/** Keeps that a planned session began, with the intention as far as it was written. @param {Row} row @param {Record<string, any>} values @param {string} said */
export async function keepBegun(row, values, said) {
  await atRest()
  const db = await journal()
  const half = await draftOf(db, row.id)
  const { intention = "", ...others } = half?.fields ?? {}
  const begun = { ...values, status: "happened", ...(intention.trim() ? { intention: intention.trim() } : {}) }
  const rest = half && Object.keys(others).length ? { ...half, fields: others } : null
  await keep(db, SESSION, row.id, begun, now(), [], row.record, rest)
  tell({ who: account.value?.id, id: row.id, before: row, values: begun, half, said })
}

/** @param {Row} row */
export async function removeSession(row) {
  await atRest()
  const db = await journal()
  const half = await remove(db, row, now())
  tell({ who: account.value?.id, id: row.id, before: row, half, said: words.done.remove })
  await dropDraft(db, halfChangeOf(row.id))
}

/** "I can't answer right now": a moment without answers. @param {string | undefined} sessionId @returns {Promise<string>} its id */
export async function noteMoment(sessionId) {
  const [id, at] = [uuid7(), now()]
  await keep(await journal(), "check_in", id, { occurred_at: at, zone: hereZone(), ...(sessionId ? { session_id: sessionId } : {}) }, at)
  tell({ who: account.value?.id, id, before: null, said: words.tonight.noted(timeWords(at)) })
  return id
}

/** Says what was just done to one of `ids`, with the way back in its place. @param {{ids: (string | undefined)[]}} props */
export function Done({ ids }) {
  const last = done.value
  const isMine = last && last.who === account.value?.id && ids.includes(last.id)
  return html`<div role="status">${isMine && html`
    <p class="notice">${last.isBack ? words.undone : html`${last.said} <button class="link" type="button" onClick=${undo}>${words.undo}</button>`}</p>`}</div>`
}

/** Whether what was just done to this one is being said. @param {string | undefined} id */
export const isSaid = (id) => id !== undefined && done.value?.id === id && done.value.who === account.value?.id && !done.value.isBack

/** The id of a session that was just deleted, or is just being brought back. @returns {string | undefined} */
export const justRemoved = () => (done.value?.said === words.done.remove ? done.value.id : undefined)

async function undo() {
  const last = done.value
  if (!last) return
  const db = await journal()
  const { before, values } = last
  const made = before ? null : await one(db, last.id)
  await atRest()
  const half = last.half && { ...last.half, fields: { ...last.half.fields, ...(await draftOf(db, last.id))?.fields } }
  // What was written to it since stays.
  if (before && values) await keep(db, SESSION, last.id, before.record.values, now(), [], { ...before.record, values }, half)
  else if (before) await restore(db, before, now(), half)
  else if (made) await remove(db, made, now())
  tell({ ...last, isBack: true })
}

/** @param {Done} what */
function tell(what) {
  done.value = what
  sendNow()
  sendLater()
}
