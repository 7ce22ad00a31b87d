/** A passkey of this device as what opens the lock: its PRF (WebAuthn Level 3) always answers the same secret, and only after the person showed that it is them. */

/** ECDSA with P-256, RSA with SHA-256: what every platform has. Nothing is ever verified with them. */
const ALGORITHMS = [-7, -257]

/** @typedef {{kind: "passkey", id: import("../vault/keys.js").Bytes, salt: import("../vault/keys.js").Bytes}} Passkey */

/** This device, or its passkey, keeps no secret. */
export class NoSecret extends Error {}

/** Whether this device may have one; whether it can do it shows when one is made. */
export const mayHavePasskey = async () =>
  Boolean(await globalThis.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable?.().catch(() => false))

/** Makes one, asking the person. Throws `NoSecret`. @returns {Promise<Passkey>} */
export async function newPasskey() {
  // The system lists it by this name: the neutral one, where that was chosen.
  const name = document.title
  const made = /** @type {PublicKeyCredential} */ (await navigator.credentials.create({
    publicKey: {
      challenge: random(32),
      rp: { name },
      user: { id: random(16), name, displayName: name },
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required", residentKey: "preferred" },
      extensions: /** @type {any} */ ({ prf: {} }),
    },
  }))
  const { prf } = /** @type {any} */ (made.getClientExtensionResults())
  if (!prf?.enabled) throw new NoSecret("No PRF.")
  return { kind: "passkey", id: new Uint8Array(made.rawId), salt: random(32) }
}

/** The key it makes, asking the person. Throws `NoSecret`. @param {Passkey} passkey */
export async function keyOfPasskey({ id, salt }) {
  const name = btoa(String.fromCharCode(...id)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
  const given = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id }],
      userVerification: "required",
      extensions: /** @type {any} */ ({ prf: { evalByCredential: { [name]: { first: salt } } } }),
    },
  }))
  const { prf } = /** @type {any} */ (given.getClientExtensionResults())
  if (!prf?.results?.first) throw new NoSecret("No PRF.")
  const secret = await crypto.subtle.importKey("raw", prf.results.first, "HKDF", false, ["deriveKey"])
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode("interlude lock") }
  return crypto.subtle.deriveKey(how, secret, { name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"])
}

/** @param {number} length */
const random = (length) => crypto.getRandomValues(new Uint8Array(length))
