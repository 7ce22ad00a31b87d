/**
 * Where the safety plan lies: one record, and, of what the person wants at hand while the app is locked, a copy that the lock does
 * not close: the parts they chose, and the clinic's number where they chose that. It is sealed to a key of this device, as
 * everything here is where there is no lock at all.
 */
import { account, journal, openPlan } from "../accounts/account.js"
import { remember, remembered } from "../base/database.js"
import { planIdOf } from "../records/guest.js"
import { NEAR, noteOf } from "../records/notes.js"
import { one } from "../records/store.js"
import { isOpen } from "../vault/desk.js"
import { seal, unseal } from "../vault/keys.js"
import { openLines } from "./plan-rules.js"

/** @typedef {import("./plan-rules.js").Lines} Lines */
/** @typedef {{lines: Lines, clinic: string}} Open */

const NOTHING = { lines: {}, clinic: "" }

/** The id of the plan of whoever is here. */
export const planId = () => planIdOf(account.peek()?.id ?? null)

/** The record; undefined where there is none, and while locked. */
export const planHere = async () => one(await journal(), planId())

/** What of the plan can be read now. @returns {Promise<import("./plan-rules.js").Told | undefined>} */
export const planNow = async () => ((await isOpen()) ? (await planHere())?.record : { values: (await openHere()).lines })

/**
 * Who is near on the evening of a session, and the clinic's number, as far as they can be read now: while locked the clinic's alone,
 * where that was chosen.
 * @returns {Promise<{who?: string, who_number?: string, clinic_number?: string}>}
 */
export const nearNow = async () => ((await isOpen()) ? ((await noteOf(await journal(), NEAR)) ?? {}) : { clinic_number: (await openHere()).clinic })

/** The clinic's number, as far as it can be read now. @returns {Promise<string>} */
export const clinicNow = async () => (await nearNow()).clinic_number ?? ""

/** What may be read while locked. @returns {Promise<Open>} */
export async function openHere() {
  const name = openPlan(account.peek()?.id ?? null)
  const kept = await remembered(name)
  return kept ? read(name, kept) : NOTHING
}

/** Brings the copy to what is chosen now; while locked it stays as it was. */
export async function keepOpen() {
  if (!(await isOpen())) return
  const name = openPlan(account.peek()?.id ?? null)
  const [plan, near, kept] = await Promise.all([planHere(), journal().then((db) => noteOf(db, NEAR)), remembered(name)])
  const open = { lines: openLines(plan?.record), clinic: near?.clinic_open ? (near.clinic_number ?? "") : "" }
  const before = kept ? await read(name, kept) : NOTHING
  if (JSON.stringify(before) === JSON.stringify(open)) return
  // Somebody else may have come meanwhile, or the lock may have closed: what was read then is not kept as theirs.
  if (name !== openPlan(account.peek()?.id ?? null) || !(await isOpen())) return
  if (JSON.stringify(open) === JSON.stringify(NOTHING)) return remember(name, undefined)
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
  await remember(name, { key, sealed: await seal(key, name, open) })
}

/** @param {string} name @param {{key: CryptoKey, sealed: import("../vault/keys.js").Bytes}} kept @returns {Promise<Open>} */
const read = (name, { key, sealed }) => unseal(key, name, sealed).catch(() => NOTHING)
