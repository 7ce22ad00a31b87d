/** The moments at which the lock closes, in every page; and the way to close it by hand. */
import { locked } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { heard, tellOthers } from "../base/database.js"
import { forgetRing, ringNow } from "../vault/keys.js"
import { unbox } from "./protect.js"
import { IDLE_MS, isIdle } from "./rules.js"
import { words } from "./words.js"

const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"]
const root = document.documentElement

/** The lock is on, open or not. */
let isOn = false
let touchedAt = 0
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

// Another page may have written while it was locked.
heard((what) => what === "records" && isOn && !locked.peek() && unbox())
document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : comeBack()))
addEventListener("pagehide", leave)
addEventListener("pageshow", comeBack)
for (const name of TOUCHES) addEventListener(name, touch, { capture: true, passive: true })

/** Looks how the lock stands: at the start, after it was opened or changed here, and when another page says that it was. */
export async function look() {
  const { vault, root: key } = await ringNow()
  touchedAt = Date.now()
  isOn = vault.protector.kind !== "device"
  // Left while it was being opened, it stays shut.
  const isAway = isOn && document.visibilityState === "hidden"
  if (isAway) forgetRing()
  show(!key || isAway)
  wait()
}

/** @param {boolean} isLocked */
function show(isLocked) {
  root.toggleAttribute("data-locked", isLocked)
  locked.value = isLocked
  showWays()
}

/** Closes the lock of this page at once. Others may still be looked at, and close theirs when they are left. */
function lockNow() {
  if (!isOn) return
  clearTimeout(timer)
  timer = undefined
  // Also while it is being unlocked.
  forgetRing()
  // What was written past a closed lock goes from the page as what was written before it did.
  if (locked.peek()) document.dispatchEvent(new Event("interlude-shut"))
  else show(true)
}

/** Comes back when so much time may have passed without a touch. */
function wait() {
  clearTimeout(timer)
  timer = undefined
  if (!isOn) return
  if (isIdle(touchedAt, Date.now())) return lockNow()
  timer = setTimeout(wait, touchedAt + IDLE_MS - Date.now())
}

/** A page that slept runs its timers late: each touch looks too, before anything is done with it. */
function touch() {
  // Closed and not touched since, there is nothing to take from under the finger.
  if (timer !== undefined && isIdle(touchedAt, Date.now())) lockNow()
  touchedAt = Date.now()
  if (timer === undefined) wait()
}

/** The system takes its picture of the app right after this. */
function leave() {
  if (!isOn) return
  root.dataset.away = "yes"
  lockNow()
}

function comeBack() {
  if (!part("cover")) delete root.dataset.away
}

/** One tap closes the lock in every page and leaves this one empty, whoever looks on; the next tap anywhere brings the app back, locked. */
function hide() {
  const cover = element("button", { id: "cover", type: "button" }, words.cover)
  cover.addEventListener("click", () => {
    cover.remove()
    comeBack()
  })
  document.body.append(cover)
  leave()
  tellOthers("lock")
  cover.focus()
}

/** What Today says while locked; and, while it is open, the way to close it, at the thumb. */
function showWays() {
  part("locked")?.remove()
  part("hide")?.remove()
  root.toggleAttribute("data-hide", isOn && !locked.peek())
  if (!isOn) return
  if (locked.peek()) {
    const way = element("a", { href: "#/unlock" }, words.unlock)
    document.querySelector("#today .columns")?.before(element("p", { id: "locked", class: "notice" }, `${words.today} `, way))
  } else {
    const button = element("button", { id: "hide", class: "link", type: "button" }, words.hide)
    button.addEventListener("click", hide)
    document.querySelector(".words")?.append(button)
  }
}
