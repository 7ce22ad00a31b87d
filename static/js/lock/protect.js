/** What opens the lock: a PIN or a passkey, each making the key that wraps the root key; set, changed, opened, given up. */
import { openPlan } from "../accounts/account.js"
import { announce, databaseOf, forget, remember, remembered, tellOthers } from "../base/database.js"
import { emptyBoxes, newBox } from "../vault/box.js"
import { STORES } from "../vault/desk.js"
import { deviceKey, forgetRing, ringNow, rootOf, takeRing, VAULT, vaultHere } from "../vault/keys.js"
import { keyOfPasskey, newPasskey } from "./passkey.js"
import { countWrong, forgetTries, TRIES, waitNow } from "./wait.js"

/** OWASP's figure for PBKDF2 with SHA-256 (Password Storage Cheat Sheet). */
const ROUNDS = 600_000

/** @typedef {import("../vault/keys.js").Protector} Protector */
/** @typedef {{pin: string} | {passkey: true} | null} Factor null: nothing locks it */

/** It does not open the lock, or too many before it did not. */
export class WrongPin extends Error {}

/** What locks the app: "device" (nothing), "pin" or "passkey". */
export const lockKind = async () => (await ringNow()).vault.protector.kind

/** Opens the lock, and puts where it belongs what was written while it was closed, if there is room. Throws `WrongPin`, `NoSecret`. @param {Factor} factor */
export async function unlock(factor) {
  const vault = await vaultHere()
  takeRing(vault, await opening(factor, vault, false))
  // On a full disk it stays in its box until the next time; what is there can be read all the same.
  await unbox().catch(console.info)
}

/** Puts where it belongs what was written in any page while it was locked. */
export async function unbox() {
  const open = await ringNow()
  if (!open.root || !open.vault.box) return
  const who = await remembered("account")
  let found = 0
  for (const id of new Set([null, who?.id ?? null])) found += await emptyBoxes(await databaseOf(id), open)
  if (found) announce("records")
}

/** Makes `next` what locks the app. Throws `WrongPin` where `factor` is not what locks it now, `NoSecret`. @param {Factor} factor @param {Factor} next */
export async function protect(factor, next) {
  const before = await vaultHere()
  const root = await opening(factor, before, true)
  const made = await protectorOf(next)
  const wrapped = await crypto.subtle.wrapKey("raw", root, made.key, "AES-KW")
  const box = before.box ? { box: before.box, opener: before.opener } : await newBox(root)
  const vault = { ...box, protector: made.protector, root: wrapped }
  await navigator.locks.request(VAULT, () => remember(VAULT, vault))
  takeRing(vault, await rootOf(vault, made.key))
  tellOthers("lock")
}

/** Gives up the lock with every key of this device, once nothing is left that only they could open. */
export async function dropLock() {
  const guest = await databaseOf(null)
  const left = await Promise.all([...STORES, "boxed"].map((store) => guest.count(store)))
  if (!left.some(Boolean)) await dropKeys()
}

/** Gives up every key of this device, and what a guest wrote with them. */
export async function dropKeys() {
  await forget(null)
  await remember(openPlan(null), undefined)
  await forgetTries()
  await navigator.locks.request(VAULT, () => remember(VAULT, undefined))
  announce("lock")
}

/** The root key. @param {Factor} factor @param {import("../vault/keys.js").Vault} vault @param {boolean} extractable */
async function opening(factor, vault, extractable) {
  const { protector } = vault
  if (protector.kind === "device") return rootOf(vault, protector.key, extractable)
  if (protector.kind === "passkey") return rootOf(vault, await keyOfPasskey(protector), extractable)
  return navigator.locks.request(TRIES, async () => {
    if (await waitNow()) throw new WrongPin("Too many before it.")
    // Counted before it is tried: ending the page meanwhile takes nothing back.
    await countWrong()
    const pin = factor && "pin" in factor ? factor.pin : ""
    const root = await rootOf(vault, await keyOfPin(pin, protector), extractable).catch(() => null)
    if (!root) throw new WrongPin("It does not open the lock.")
    await forgetTries()
    return root
  })
}

/** @param {Factor} next @returns {Promise<{protector: Protector, key: CryptoKey}>} */
async function protectorOf(next) {
  if (!next) {
    const key = await deviceKey()
    return { protector: { kind: "device", key }, key }
  }
  if ("pin" in next) {
    const key = await crypto.subtle.generateKey({ name: "HMAC", hash: "SHA-256" }, false, ["sign"])
    const protector = { kind: /** @type {const} */ ("pin"), salt: crypto.getRandomValues(new Uint8Array(16)), rounds: ROUNDS, key }
    return { protector, key: await keyOfPin(next.pin, protector) }
  }
  const protector = await newPasskey()
  return { protector, key: await keyOfPasskey(protector) }
}

/**
 * The key of a PIN on this device: stretched, then signed by a key that no page can take away from here.
 * @param {string} pin @param {{salt: import("../vault/keys.js").Bytes, rounds: number, key: CryptoKey}} protector
 */
async function keyOfPin(pin, { salt, rounds, key }) {
  const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(pin), "PBKDF2", false, ["deriveBits"])
  const stretched = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds }, typed, 256)
  const signed = await crypto.subtle.sign("HMAC", key, stretched)
  return crypto.subtle.importKey("raw", signed, "AES-KW", false, ["wrapKey", "unwrapKey"])
}
