/** Whether the journal stands on the home screen, how it comes there, and when that is mentioned on Today. */
import { account, journal } from "../accounts/account.js"
import { heard, remember, remembered } from "../base/database.js"
import { element } from "../base/dom.js"
import { unsent } from "../records/store.js"

/** Under this name the device remembers that nothing is to be said of it again. */
const DISMISSED = "no-install-hint"

/** The browser's own question, where it lets a page ask it; kept until it is asked. @type {any} */
let question = null

/** @param {any} event of the kind `beforeinstallprompt` */
export const keepQuestion = (event) => void (question = event)
export const canAsk = () => question !== null

/** Asks, once; whether the person said yes. */
export async function ask() {
  const asked = question
  question = null
  return (await asked.prompt()).outcome === "accepted"
}

export const isInstalled = () => matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true

/** @returns {"iphone" | "android" | "elsewhere"} */
export function kindOfDevice() {
  const isTablet = navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1
  if (/iPhone|iPad|iPod/.test(navigator.userAgent) || isTablet) return "iphone"
  return navigator.userAgent.includes("Android") ? "android" : "elsewhere"
}

export const dismissHint = () => remember(DISMISSED, true)

/**
 * One line in `place` once something of the person's has been sent, for phones: what is only saved would not come along to
 * the icon of an iPhone.
 * @param {HTMLElement} place a list item, hidden until then
 */
export function hintAt(place) {
  const show = async () => {
    place.hidden = !(await isDue())
    if (place.hidden || place.firstChild) return
    const { words } = await import("./words.js")
    place.replaceChildren(element("a", { href: "#/install" }, words.hint))
  }
  heard(show)
  addEventListener("hashchange", show)
  show()
}

async function isDue() {
  if (kindOfDevice() === "elsewhere" || isInstalled() || account.peek()?.role !== "patient") return false
  if (await remembered(DISMISSED)) return false
  const db = await journal()
  const { waiting } = await unsent(db)
  return waiting === 0 && (await db.count("records")) > 0
}
