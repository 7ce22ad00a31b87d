/** Who is here. Kept on the device, so that a start without a network knows it too. */
import { announce, databaseOf, forget, heard, remember, remembered } from "../base/database.js"
import { signal } from "../../vendor/signals-core.js"
import { ringNow } from "../vault/keys.js"

/**
 * What this device knows before anything is unlocked; e-mail and name lie sealed (who.js).
 * @typedef {object} Account
 * @property {string} id
 * @property {"patient" | "therapist"} role
 * @property {string} zone
 * @property {string} [day_starts_at]
 */

/** Null for a guest. @type {import("../../vendor/signals-core.js").Signal<Account | null>} */
export const account = signal(null)

/** True once the server no longer knows this device; nothing is removed for it. */
export const signedOut = signal(false)

/** Nothing that was written here can be read now: the lock is closed. What is written is kept all the same. */
export const locked = signal(false)

/** Under this name the device remembers whether the account had a second factor when it was last seen. */
export const FACTOR = "second-factor"

/** Under these names the device remembers, by account, with whom it is shared and what was said of newcomers here. @param {string} id */
export const sharedWith = (id) => `shared-with ${id}`
/** @param {string} id */
export const saidHere = (id) => `said-here ${id}`

/** Under this name the device remembers what of a safety plan may be read while locked. @param {string | null} id */
export const openPlan = (id) => `open-plan ${id ?? "guest"}`

/** Under this name the device remembers the account that it was clearing. */
export const TO_CLEAR = "to-clear"

/** The start script reads this before the database can be asked. */
const ROLE = "interlude.role"

/** "guest", "patient" or "therapist". */
export const role = () => account.value?.role ?? "guest"

/** The database of whoever writes here. */
export const journal = () => databaseOf(account.value?.id ?? null)

/** Reads who is here from the device, and again whenever another page changes it. */
export async function recallAccount() {
  const wasSomebody = localStorage.getItem(ROLE)
  const kept = (await remembered("account")) ?? null
  // Once it lay there with e-mail and name.
  if (kept?.email) await rememberAccount(kept)
  else take(kept)
  if (wasSomebody && !account.value) tellLost()
  heard((what) => what === "account" && recall())
}

/** From now on this is who is here. @param {Account & {email: string, name: string} | null} who as the server answers */
export async function rememberAccount(who) {
  if (who) await import("./who.js").then(({ keepWho }) => keepWho(who)).catch(console.info)
  const { email, name, ...open } = who ?? {}
  const kept = /** @type {Account | null} */ (who && open)
  await remember("account", kept ?? undefined)
  take(kept)
  announce("account")
}

/** Forgets everything this device holds of the account, unsent entries too. */
export async function clearDevice() {
  const id = account.value?.id
  if (id) await remember(TO_CLEAR, id)
  await remember(FACTOR, undefined)
  await rememberAccount(null)
  await finishClearing()
}

/** Clears what a page began to clear when it was ended. Somebody who has come back since keeps what is theirs. */
export async function finishClearing() {
  const id = await remembered(TO_CLEAR)
  if (!id) return
  if (id !== account.value?.id) {
    await Promise.all([sharedWith(id), saidHere(id), openPlan(id)].map((name) => remember(name, undefined)))
    await forget(id)
  }
  // The next person here does not know what opens it.
  if (!account.value && (await ringNow()).vault.protector.kind !== "device") await (await import("../lock/protect.js")).dropLock()
  await remember(TO_CLEAR, undefined)
}

/** Nobody left by themselves: the browser, or somebody, emptied this device's storage. */
async function tellLost() {
  const [{ tell }, { words }] = await Promise.all([import("./told.js"), import("./words.js")])
  tell(words.out.lost, "/")
}

async function recall() {
  const who = (await remembered("account")) ?? null
  if (JSON.stringify(who) !== JSON.stringify(account.value)) take(who)
}

/** @param {Account | null} who */
function take(who) {
  // In every tab: an invitation may wait there for whoever leaves (sharing/invitation-secret.js).
  if (account.value && !who) sessionStorage.clear()
  account.value = who
  signedOut.value = false
  if (who) localStorage.setItem(ROLE, who.role)
  else localStorage.removeItem(ROLE)
  document.documentElement.dataset.role = who?.role ?? "guest"
}
