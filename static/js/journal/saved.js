/** How saving stands, always in words: on this device, sent, or not yet. */
import { account, journal, signedOut } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { effect } from "../base/signals.js"
import { sending, waitingWords } from "../records/sending.js"
import { one } from "../records/store.js"

/** The entry last saved here, while its state is still said. */
let lastId = /** @type {string | null} */ (null)
let isSent = false
/** Why it was not saved; stands until the next word is written. */
let trouble = ""

/** Keeps the line above Save true. */
export function startSaved() {
  effect(() => {
    void [sending.value, signedOut.value]
    show()
  })
}

/** It is on disk. @param {string} id */
export function tellSaved(id) {
  lastId = id
  isSent = false
  trouble = ""
  say("Saved on this device")
}

/** It was not kept, and why. @param {string} why */
export function tellTrouble(why) {
  lastId = null
  trouble = why
  say(why)
}

/** A new entry has begun: what was said about the one before can go. */
export function tellWriting() {
  if (!lastId && !trouble) return
  lastId = null
  trouble = ""
  show()
}

/** Why a write to the device's disk did not work. @param {any} fault */
export function whyNotKept(fault) {
  const why = fault?.name === "QuotaExceededError" ? "this device has no room left" : "this device could not keep it"
  return `Not saved: ${why}. What you wrote is still here; make some room, then press Save again.`
}

async function show() {
  if (trouble) return
  const waiting = waitingWords()
  if (!lastId) return say(waiting, signedOut.value)
  const row = account.value ? await one(await journal(), lastId) : null
  if (!lastId) return
  if (row?.refused) return say(waiting)
  isSent ||= Boolean(account.value && row && !row.waiting)
  if (isSent) return say("Saved and sent")
  const others = sending.value.waiting > 1 && sending.value.state === "unreachable" ? `. ${waiting}` : ""
  say(`Saved on this device${others}`, signedOut.value)
}

/** Said again only when it differs: somebody may be listening to this line. @param {string} words @param {boolean} [isOut] adds the way back in */
function say(words, isOut = false) {
  const line = part("saved")
  if (line.dataset.words === `${words}${isOut}`) return
  line.dataset.words = `${words}${isOut}`
  const way = isOut ? [words && !words.endsWith(".") ? ". " : " ", element("a", { href: "#/sign-in" }, "Sign in again to send")] : []
  line.replaceChildren(words, ...way)
}
