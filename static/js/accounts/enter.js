/** Coming in and leaving: registration, sign-in, sign-out. */
import { call, Offline } from "../base/api.js"
import { remember, remembered } from "../base/database.js"
import { hereZone } from "../base/time.js"
import { adopt, guestEntries } from "../records/guest.js"
import { SEND_LOCK } from "../records/sync.js"
import { account, clearDevice, FACTOR, finishClearing, rememberAccount } from "./account.js"
import { words } from "./words.js"

/** @param {{email: string, password: string, role: "patient" | "therapist", name: string, adult: boolean}} form @param {boolean} takesGuest as in `signIn` */
export const register = (form, takesGuest) => enter("/api/accounts", { ...form, zone: hereZone() }, takesGuest)

/** @param {{email: string, password: string, code?: string}} form @param {boolean} takesGuest whether what a guest wrote here is theirs */
export const signIn = (form, takesGuest) => enter("/api/sign-ins", form, takesGuest)

/** Ends the sign-in on the server where it can be reached, removes this account from the device, and answers what to say of it. */
export async function signOut() {
  let isHeard = true
  await navigator.locks.request(SEND_LOCK, async () => {
    try {
      // Whoever the cookie belongs to: nobody is to stay signed in here.
      await call("DELETE", "/api/sign-ins/current", undefined, null)
    } catch (fault) {
      // Clearing the device works without a network too; the server is told at the next start that reaches it.
      if (fault instanceof Offline) await remember("leaving", true)
      else if (/** @type {any} */ (fault).status !== 401) throw fault
      isHeard = !(fault instanceof Offline)
    }
    await clearDevice()
  })
  const out = words.leaving.signed_out((await guestEntries()) > 0)
  return isHeard ? out : `${out} ${words.leaving.heard_later}`
}

/** Clears what was not cleared to the end, and tells the server of a sign-out that it has not heard of. */
export function finishLeaving() {
  return navigator.locks.request(SEND_LOCK, async () => {
    await finishClearing()
    if (!(await remembered("leaving"))) return
    await call("DELETE", "/api/sign-ins/current", undefined, null).catch((fault) => {
      if (fault instanceof Offline) throw fault
    })
    await remember("leaving", undefined)
  })
}

/** @param {string} path @param {any} body @param {boolean} takesGuest */
function enter(path, body, takesGuest) {
  // Nothing may be sent between the new cookie and the new name on this device.
  return navigator.locks.request(SEND_LOCK, async () => {
    const who = await call("POST", path, body)
    await remember("leaving", undefined)
    if (takesGuest && who.role === "patient") await adopt(who.id, path === "/api/accounts")
    // Whoever has a second factor is asked for a code: this is how it stood now.
    await remember(FACTOR, Boolean(body.code))
    await rememberAccount(who)
    return account.value
  })
}
