/** When to send, from an open page, and how it stands. */
import { isStranger, Problem } from "../base/api.js"
import { heard } from "../base/database.js"
import { signal } from "../../vendor/signals-core.js"
import { account, journal, role, signedOut } from "../accounts/account.js"
import { send } from "./sync.js"
import { unsent } from "./store.js"

const FIRST_MS = 2_000
const LONGEST_MS = 60_000

/**
 * `state`: "guest" (nowhere to send yet), "calm", "sending", "unreachable" (tries again by itself), "signed-out".
 * @type {import("../../vendor/signals-core.js").Signal<{state: string, waiting: number, refused: number}>}
 */
export const sending = signal({ state: "calm", waiting: 0, refused: 0 })

let tries = 0
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer
/** @type {Promise<void> | null} */
let running = null
let again = false

/** Sends at the start, when the network or the person returns, and after each change. */
export function startSending() {
  addEventListener("online", sendNow)
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && sendNow())
  heard((what) => (what === "account" ? sendNow() : count().catch((fault) => console.info("Nothing was counted.", fault))))
  sendNow()
}

/** Sends now, or once more after what is being sent. */
export function sendNow() {
  if (running) again = true
  else running = run().finally(finished)
}

/** Lets the browser send later too, should this page be closed first (where it can). */
export async function sendLater() {
  const worker = await navigator.serviceWorker?.getRegistration()
  // @ts-expect-error Background Sync stands in no common library of types
  await worker?.sync?.register("interlude-send").catch(() => undefined)
}

function finished() {
  running = null
  if (!again) return
  again = false
  sendNow()
}

async function run() {
  clearTimeout(timer)
  if (role() === "therapist") return
  if (!account.value) return count("guest")
  try {
    // A try after a failed one is not worth a word: it would flicker.
    await count(sending.value.state === "unreachable" ? "unreachable" : "sending")
    // Where the device's storage was emptied under an open page, a sign-in finds what was written since.
    signedOut.value = !(await send(account.value.id))
    tries = 0
    await count(signedOut.value ? "signed-out" : "calm")
  } catch (fault) {
    if (isStranger(fault)) {
      signedOut.value = true
      return count("signed-out")
    }
    // `navigator.onLine` says nothing of a stopped server: only trying does.
    timer = setTimeout(sendNow, delay(fault))
    await count("unreachable")
  }
}

/** @param {unknown} fault */
function delay(fault) {
  const asked = fault instanceof Problem ? (fault.retryAfterS ?? 0) * 1000 : 0
  const usual = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries++) * (0.8 + 0.4 * Math.random())
  return Math.max(asked, usual)
}

/** @param {string} [state] */
async function count(state = sending.value.state) {
  sending.value = { state, ...(await unsent(await journal())) }
}
