/** With whom this is shared, as this device last knew it: without a network too, and while locked. */
import { remember, remembered } from "../base/database.js"
import { now } from "../base/time.js"
import { account, sharedWith } from "./account.js"
import { isRunning } from "./rules.js"

/** @typedef {import("./rules.js").Share} Share */

/** Nobody's where there is no account; undefined where it was never known. @returns {Promise<Share[] | undefined>} */
export async function lastShares() {
  const who = account.peek()
  const kept = who ? await remembered(sharedWith(who.id)) : []
  // Once their number lay there.
  return Array.isArray(kept) ? kept.filter((share) => isRunning(share, now())) : undefined
}

/** @param {string} id whose @param {any[]} consents as the server answers; answers those that can be read under @returns {Promise<Share[]>} */
export async function rememberShares(id, consents) {
  const shares = consents.filter(({ status }) => status === "accepted").map(({ id: consent_id, as, scopes, expires_at, therapist_name, reading_hours }) => ({
    consent_id, as, scopes, expires_at, name: therapist_name, hours: reading_hours, known_at: now(),
  }))
  await remember(sharedWith(id), shares)
  return shares
}
