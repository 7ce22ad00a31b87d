/** How saving stands, always in words: on this device, sent, or not yet. */
import { account, journal, locked } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { now } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { one, remove, unsent } from "../records/store.js"
import { words } from "./words.js"

/** The entry last saved here, while its state is still said. */
let lastId = /** @type {string | null} */ (null)
let isSent = false
/** When that was, as a wall time. */
let savedAt = ""
let sending = { state: "calm", waiting: 0, refused: 0 }
let isSignedOut = false
/** Why it was not saved, or that it was taken back; stands until the next word is written. */
let told = ""
/** What is offered beside what was saved: to change it, or to take back a moment that a slip noted. @type {"change" | "undo" | ""} */
let offered = ""
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

/** It is on disk. @param {string} id @param {"change" | "undo" | ""} way */
export function tellSaved(id, way) {
  lastId = id
  offered = way
  isSent = false
  told = ""
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
  told = why
  say(why)
  bringIntoView()
}

/** A new entry has begun: what was said about the one before can go. */
export function tellWriting() {
  if (!lastId && !told) return
  lastId = null
  told = ""
  show()
}

/** Why a write to the device's disk did not work. @param {any} fault */
export const whyNotKept = (fault) => (fault?.name === "QuotaExceededError" ? words.no_room : words.not_kept)

async function show() {
  if (told || pause) return
  const waiting = waitingWords()
  const out = isSignedOut ? "out" : ""
  if (!lastId) return say(waiting, out)
  const id = lastId
  const row = account.value ? await one(await journal(), id) : null
  // While locked it can't be read; with nothing left to be sent, it is sent.
  const isAllSent = Boolean(account.value && locked.peek() && !(await unsent(await journal())).waiting)
  if (id !== lastId) return
  if (row?.refused) return say(waiting)
  isSent ||= Boolean(row ? !row.waiting : isAllSent)
  const way = locked.peek() ? "" : offered
  if (isSent) return say(words.sent(savedAt), way)
  const others = sending.waiting > 1 && sending.state === "unreachable" ? `. ${waiting}` : ""
  say(`${words.saved(savedAt)}${others}`, out || way)
}

/** What waits to be sent, or needs a look, or nothing. */
function waitingWords() {
  const { waiting, refused, state } = sending
  if (refused) return words.need_a_look(refused)
  return !waiting || state === "guest" || state === "sending" ? "" : words.waiting(waiting)
}

const WAYS = {
  out: () => element("a", { href: "#/sign-in" }, words.sign_in_again),
  change: () => element("a", { href: `#/entry/${lastId}` }, words.change_it),
  undo: () => {
    const button = element("button", { type: "button", class: "link" }, words.undo)
    button.addEventListener("click", takeBack)
    return button
  },
}

/** Said again only when it differs: somebody may be listening to this line. @param {string} said @param {keyof typeof WAYS | ""} [way] that stands beside it */
function say(said, way = "") {
  const line = part("saved")
  const text = said && way ? `${said.replace(/\.$/, "")}. ` : said
  if (line.dataset.words === `${text}${way}`) return
  const stays = way && line.dataset.way === way
  // What was just done looks like it; what merely waits does not.
  Object.assign(line.dataset, { words: `${text}${way}`, way, fresh: String(Boolean(lastId || told)) })
  // Where the way stays the same it stays under the finger, and keeps the focus.
  if (stays) line.firstChild.textContent = text
  else line.replaceChildren(text, ...(way ? [WAYS[way]()] : []))
}

/** The moment that was noted is gone again. */
async function takeBack() {
  const db = await journal()
  const row = lastId && (await one(db, lastId))
  if (!row) return
  await remove(db, row, now())
  lastId = null
  told = words.taken_back
  say(told)
  part("cannot").focus()
  import("../records/sending.js").then(({ sendNow, sendLater }) => void [sendNow(), sendLater()], () => undefined)
}

/** With large text or in a low window nothing sticks: the line stands at the top of the page. */
export function bringIntoView() {
  const { top, bottom } = part("saved").getBoundingClientRect()
  if (top < 0 || bottom > innerHeight) part("saved").scrollIntoView()
}
