/**
 * The keys of this device, and sealing with them. A root key, itself wrapped by what protects it (a key of the device, or with
 * the app lock on what a PIN or a passkey makes), wraps the data key of each account's database. What is unwrapped lives in
 * memory and can't be exported.
 */
import { heard, remembered, rememberFirst } from "../base/database.js"

/** Under this name the device remembers its `Vault`; also the Web Lock held while it changes. */
export const VAULT = "vault"
/** Under this name a page that starts anew finds the word for the open key that was handed over (handed.js). */
export const HANDED = "interlude.handed"
const AES = { name: "AES-GCM", length: 256 }
const WRAPS = /** @type {KeyUsage[]} */ (["wrapKey", "unwrapKey"])
const USES = /** @type {KeyUsage[]} */ (["encrypt", "decrypt"])
/** Sealed bytes begin with so many of their initialisation vector. */
export const IV_BYTES = 12
/** Lengths are told apart in steps of this many bytes only. */
const STEP_BYTES = 256

/** @typedef {Uint8Array<ArrayBuffer>} Bytes */
/** @typedef {{kind: "device", key: CryptoKey} | {kind: "pin", salt: Bytes, rounds: number, key: CryptoKey} | {kind: "passkey", id: Bytes, salt: Bytes}} Protector */
/**
 * @typedef {object} Vault what the device keeps
 * @property {Protector} protector @property {ArrayBuffer} root wrapped by the protector's key
 * @property {Bytes} [box] the public key that locked writing is sealed to, from the first lock on @property {Bytes} [opener] its private key, wrapped
 */
/** @typedef {{key: CryptoKey, wrapped: Bytes}} DataKey */
/**
 * @typedef {object} Ring what is open now; a lock forgets all of it at once
 * @property {Vault} vault
 * @property {CryptoKey | null} root null while locked
 * @property {WeakMap<any, Promise<DataKey>>} keys by database
 * @property {Map<string, {seal: Bytes, row: any}>} rows opened before, by their place
 */

/** @type {Promise<Ring> | null} */
let ring = null

heard((what) => what === "lock" && forgetRing())

/** What is open now. @returns {Promise<Ring>} */
export function ringNow() {
  if (ring) return ring
  const mine = (ring = ringOfDevice())
  mine.catch(() => ring === mine && forgetRing())
  return mine
}

/** Forgets every key in memory; where nothing locks them they come back with the next use. */
export const forgetRing = () => void (ring = null)

/** From now on these are the keys. @param {Vault} vault @param {CryptoKey} root */
export const takeRing = (vault, root) => void (ring = Promise.resolve(ringOf(vault, root)))

/** The keys as this device keeps them, made with their first use. @returns {Promise<Vault>} */
export const vaultHere = async () => (await remembered(VAULT)) ?? (await rememberFirst(VAULT, await newVault()))

/** A key of this device, under which the root key is locked by nothing. */
export const deviceKey = () => crypto.subtle.generateKey({ name: "AES-KW", length: 256 }, false, WRAPS)

/** The root key; throws where `key` did not wrap it. @param {Vault} vault @param {CryptoKey} key @param {boolean} [extractable] to wrap it anew */
export const rootOf = (vault, key, extractable = false) =>
  crypto.subtle.unwrapKey("raw", vault.root, key, "AES-KW", AES, extractable, WRAPS)

/**
 * What is open now, and in it the key of a database, made with its first use; null while locked. Rows of version 1 are sealed
 * before it is answered.
 * @param {any} db @returns {Promise<{open: Ring, mine: DataKey | null}>}
 */
export async function keyFor(db) {
  const open = await ringNow()
  // Another page may have made the keys anew without this one hearing of it yet.
  const mine = await keyOf(db, open).catch(() => undefined)
  if (mine !== undefined) return { open, mine }
  const again = await ringNow()
  const known = await keyOf(db, again).catch(() => undefined)
  if (known !== undefined) return { open: again, mine: known }
  // A worker leaves this to the page too.
  if (globalThis.document) await (await import("./anew.js")).beginAnew(db, again)
  const last = await ringNow()
  return { open: last, mine: await keyOf(db, last) }
}

/** @param {any} db @param {Ring} open @returns {Promise<DataKey | null>} */
async function keyOf(db, open) {
  if (!open.root) return null
  let found = open.keys.get(db)
  if (!found) {
    found = dataKey(db, open, open.root)
    open.keys.set(db, found)
    found.catch(() => open.keys.delete(db))
  }
  return found
}

/** Bytes that only `key` opens, and only as what lies at `place`. @param {CryptoKey} key @param {string} place @param {unknown} value */
export async function seal(key, place, value) {
  const text = new TextEncoder().encode(JSON.stringify(value))
  const padded = new Uint8Array(Math.ceil(text.length / STEP_BYTES) * STEP_BYTES).fill(32)
  padded.set(text)
  return withIv((how) => crypto.subtle.encrypt(how, key, padded), place)
}

/** What was sealed; throws where the key or the place is another. @param {CryptoKey} key @param {string} place @param {Bytes} bytes */
export async function unseal(key, place, bytes) {
  const text = await crypto.subtle.decrypt(gcm(bytes, place), key, bytes.subarray(IV_BYTES))
  return JSON.parse(new TextDecoder().decode(text))
}

/** Whether both are the same sealing: none is ever made twice. @param {Bytes | undefined} a @param {Bytes | undefined} b */
export const isSameSeal = (a, b) =>
  a === b || Boolean(a && b && a.subarray(0, IV_BYTES).every((byte, i) => byte === b[i]))

/** @param {Vault} vault @param {CryptoKey | null} root @returns {Ring} */
const ringOf = (vault, root) => ({ vault, root, keys: new WeakMap(), rows: new Map() })

async function ringOfDevice() {
  const vault = await vaultHere()
  if (vault.protector.kind === "device") return ringOf(vault, await rootOf(vault, vault.protector.key))
  const isHanded = globalThis.sessionStorage?.getItem(HANDED)
  return ringOf(vault, isHanded ? await (await import("./handed.js")).takeOver() : null)
}

/** @returns {Promise<Vault>} */
async function newVault() {
  const key = await deviceKey()
  const root = await crypto.subtle.generateKey(AES, true, WRAPS)
  return { protector: { kind: "device", key }, root: await crypto.subtle.wrapKey("raw", root, key, "AES-KW") }
}

/** @param {any} db @param {Ring} open @param {CryptoKey} root @returns {Promise<DataKey>} */
async function dataKey(db, open, root) {
  const wrapped = (await db.get("meta", "key")) ?? (await newDataKey(db, open, root))
  const key = await openDataKey(db, root, wrapped).catch((fault) => {
    forgetRing()
    throw fault
  })
  // A worker can't import late: it leaves this to the page, and takes what still lies open as it is.
  if (globalThis.document && !(await db.get("meta", "sealed"))) await (await import("./upgrade.js")).sealAll(db, key)
  return { key, wrapped }
}

/** @param {any} db @param {Ring} open @param {CryptoKey} root @returns {Promise<Bytes>} */
function newDataKey(db, open, root) {
  return /** @type {Promise<any>} */ (navigator.locks.request(VAULT, async () => {
    const { root: now } = (await remembered(VAULT)) ?? {}
    if (!now || !isSameSeal(new Uint8Array(now), new Uint8Array(open.vault.root))) {
      forgetRing()
      throw new Error("The keys of this device are new.")
    }
    const wrapped = await wrappedDataKey(db, root)
    const tx = db.transaction("meta", "readwrite", { durability: "strict" })
    const found = await tx.store.get("key")
    if (!found) tx.store.put(wrapped, "key")
    await tx.done
    return found ?? wrapped
  }))
}

/** The key of a database; throws where `root` did not wrap it. @param {any} db @param {CryptoKey} root @param {Bytes} wrapped */
export const openDataKey = (db, root, wrapped) =>
  crypto.subtle.unwrapKey("raw", wrapped.subarray(IV_BYTES), root, gcm(wrapped, db.name), AES, false, USES)

/** A new key for a database, wrapped. @param {any} db @param {CryptoKey} root */
export async function wrappedDataKey(db, root) {
  const key = await crypto.subtle.generateKey(AES, true, USES)
  return withIv((how) => crypto.subtle.wrapKey("raw", key, root, how), db.name)
}

/** What `make` makes, behind its initialisation vector. @param {(how: AesGcmParams) => Promise<ArrayBuffer>} make @param {string} place @returns {Promise<Bytes>} */
export async function withIv(make, place) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const made = new Uint8Array(await make(gcm(iv, place)))
  const bytes = new Uint8Array(IV_BYTES + made.length)
  bytes.set(iv)
  bytes.set(made, IV_BYTES)
  return bytes
}

/** How bytes that begin with their initialisation vector are opened. @param {Bytes} bytes @param {string} place @returns {AesGcmParams} */
export const gcm = (bytes, place) => ({ name: AES.name, iv: bytes.slice(0, IV_BYTES), additionalData: new TextEncoder().encode(place) })
