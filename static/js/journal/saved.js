/** How saving stands, always in words: on this device, sent, or not yet. */
import { account, journal, locked } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { now } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { one, unsent } from "../records/store.js"
import { words } from "./words.js"

/** The entry last saved here, while its state is still said. */
let lastId = /** @type {string | null} */ (null)
let isSent = false
/** When that was, as a wall time. */
let savedAt = ""
let sending = { state: "calm", waiting: 0, refused: 0 }
let isSignedOut = false
/** Why it was not saved; stands until the next word is written. */
let trouble = ""
/** Long enough to be seen and heard as new where the same words come again. */
const PAUSE_MS = 120
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause

/** How sending stands now, and whether somebody has to sign in again for it. @param {typeof sending} how @param {boolean} isOut */
export function tellSending(how, isOut) {
  sending = how
  isSignedOut = isOut
  show()
}

/** It is on disk. @param {string} id */
export function tellSaved(id) {
  lastId = id
  isSent = false
  trouble = ""
  savedAt = timeWords(now())
  say("")
  clearTimeout(pause)
  pause = setTimeout(() => {
    pause = undefined
    show().then(bringIntoView)
  }, PAUSE_MS)
}

/** It was not kept, and why. @param {string} why */
export function tellTrouble(why) {
  lastId = null
  trouble = why
  say(why)
  bringIntoView()
}

/** A new entry has begun: what was said about the one before can go. */
export function tellWriting() {
  if (!lastId && !trouble) return
  lastId = null
  trouble = ""
  show()
}

/** Why a write to the device's disk did not work. @param {any} fault */
export const whyNotKept = (fault) => (fault?.name === "QuotaExceededError" ? words.no_room : words.not_kept)

async function show() {
  if (trouble || pause) return
  const waiting = waitingWords()
  if (!lastId) return say(waiting, isSignedOut)
  const id = lastId
  const row = account.value ? await one(await journal(), id) : null
  // While locked it can't be read; with nothing left to be sent, it is sent.
  const isAllSent = Boolean(account.value && locked.peek() && !(await unsent(await journal())).waiting)
  if (id !== lastId) return
  if (row?.refused) return say(waiting)
  isSent ||= Boolean(row ? !row.waiting : isAllSent)
  if (isSent) return say(words.sent(savedAt))
  const others = sending.waiting > 1 && sending.state === "unreachable" ? `. ${waiting}` : ""
  say(`${words.saved(savedAt)}${others}`, isSignedOut)
}

/** What waits to be sent, or needs a look, or nothing. */
function waitingWords() {
  const { waiting, refused, state } = sending
  if (refused) return words.need_a_look(refused)
  return !waiting || state === "guest" || state === "sending" ? "" : words.waiting(waiting)
}

/** Said again only when it differs: somebody may be listening to this line. @param {string} said @param {boolean} [isOut] adds the way back in */
function say(said, isOut = false) {
  const line = part("saved")
  if (line.dataset.words === `${said}${isOut}`) return
  line.dataset.words = `${said}${isOut}`
  // What was just done looks like it; what merely waits does not.
  line.dataset.fresh = String(Boolean(lastId || trouble))
  const way = isOut ? [said && !said.endsWith(".") ? ". " : " ", element("a", { href: "#/sign-in" }, words.sign_in_again)] : []
  line.replaceChildren(said, ...way)
}

/** With large text or in a low window nothing sticks: the line stands at the top of the page. */
function bringIntoView() {
  const { top, bottom } = part("saved").getBoundingClientRect()
  if (top < 0 || bottom > innerHeight) part("saved").scrollIntoView()
}
