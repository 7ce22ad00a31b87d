/** Who is here. Kept on the device, so that a start without a network knows it too. */
import { speakAs } from "../base/api.js"
import { databaseOf, forget, remember, remembered } from "../base/database.js"
import { announce, heard } from "../base/news.js"
import { signal } from "../base/signals.js"

/**
 * @typedef {object} Account
 * @property {string} id
 * @property {"patient" | "therapist"} role
 * @property {string} email
 * @property {string} name
 * @property {string} zone
 * @property {string} [day_starts_at]
 */

/** Null for a guest. @type {import("../base/signals.js").Signal<Account | null>} */
export const account = signal(null)

/** True once the server no longer knows this device; nothing is removed for it. */
export const signedOut = signal(false)

/** Under this name the device remembers whether the account had a second factor when it was last seen. */
export const FACTOR = "second-factor"

/** "guest", "patient" or "therapist". */
export const role = () => account.value?.role ?? "guest"

/** The database of whoever writes here. */
export const journal = () => databaseOf(account.value?.id ?? null)

/** Reads who is here from the device, and again whenever another page changes it. */
export async function recallAccount() {
  await recall()
  heard((what) => what === "account" && recall())
}

/** From now on this is who is here. @param {Account | null} who */
export async function rememberAccount(who) {
  await remember("account", who ?? undefined)
  take(who)
  signedOut.value = false
  announce("account")
}

/** Forgets everything this device holds of the account, unsent entries too. */
export async function clearDevice() {
  const id = account.value?.id
  await remember(FACTOR, undefined)
  await rememberAccount(null)
  if (id) await forget(id)
}

async function recall() {
  const who = (await remembered("account")) ?? null
  if (JSON.stringify(who) !== JSON.stringify(account.value)) take(who)
}

/** @param {Account | null} who */
function take(who) {
  // In every tab: an invitation may wait there for whoever leaves (sharing/invitation-secret.js).
  if (account.value && !who) sessionStorage.clear()
  speakAs(who?.id ?? null)
  account.value = who
  // The start script reads this before the database can be asked.
  if (who) localStorage.setItem("interlude.role", who.role)
  else localStorage.removeItem("interlude.role")
  document.documentElement.dataset.role = who?.role ?? "guest"
}
