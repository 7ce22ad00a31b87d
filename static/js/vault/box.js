/**
 * What is written while the app is locked: sealed to the device's own public key (ECDH P-256, HKDF, AES-GCM), so that writing
 * needs no key that also reads. With the next unlock it goes where it belongs.
 */
import { withIv, gcm, IV_BYTES, seal, unseal } from "./keys.js"
import { change, placeOf } from "./desk.js"

const CURVE = { name: "ECDH", namedCurve: "P-256" }
const PUBLIC_BYTES = 65
const PLACE = "box"

/** A new pair: the public key open, the private one wrapped. @param {CryptoKey} root */
export async function newBox(root) {
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"])
  const box = await rawOf(pair.publicKey)
  const opener = await withIv((how) => crypto.subtle.wrapKey("pkcs8", pair.privateKey, root, how), PLACE)
  return { box, opener }
}

/** A row that only the private key opens. @param {import("./keys.js").Vault} vault @param {string} place @param {any} row */
export async function boxOf({ box }, place, row) {
  const pair = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"])
  const head = await rawOf(pair.publicKey)
  const theirs = /** @type {import("./keys.js").Bytes} */ (box)
  const sealed = await seal(await sharedKey(pair.privateKey, theirs, head, theirs), place, row)
  const bytes = new Uint8Array(head.length + sealed.length)
  bytes.set(head)
  bytes.set(sealed, head.length)
  return bytes
}

/**
 * Puts what lies boxed in a database where it belongs, each row with its box going in the same transaction; answers how many.
 * @param {any} db @param {import("./keys.js").Ring} open an unlocked one
 */
export async function emptyBoxes(db, { vault, root }) {
  const { box, opener } = /** @type {{box: import("./keys.js").Bytes, opener: import("./keys.js").Bytes}} */ (vault)
  const how = gcm(opener, PLACE)
  const mine = await crypto.subtle.unwrapKey("pkcs8", opener.subarray(IV_BYTES), /** @type {CryptoKey} */ (root), how, CURVE, false, ["deriveBits"])
  return change(db, async (desk) => {
    let found = 0
    for (const one of await desk.see((tx) => tx.objectStore("boxed").getAll())) {
      const { store, id, sealed } = /** @type {any} */ (one)
      const head = sealed.slice(0, PUBLIC_BYTES)
      const row = await unseal(await sharedKey(mine, head, head, box), placeOf(db, store, id), sealed.subarray(PUBLIC_BYTES)).catch(() => null)
      // One that does not open stays where it is, and keeps nothing else from opening.
      if (!row) continue
      desk.put(store, row)
      found += 1
    }
    return found
  })
}

/** @param {CryptoKey} mine @param {import("./keys.js").Bytes} theirs @param {import("./keys.js").Bytes} sender @param {import("./keys.js").Bytes} receiver */
async function sharedKey(mine, theirs, sender, receiver) {
  const other = await crypto.subtle.importKey("raw", theirs, CURVE, false, [])
  const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, mine, 256)
  const secret = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"])
  const info = new Uint8Array([...sender, ...receiver])
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }
  return crypto.subtle.deriveKey(how, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"])
}

/** @param {CryptoKey} key */
const rawOf = async (key) => new Uint8Array(await crypto.subtle.exportKey("raw", key))
