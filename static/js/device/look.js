/** How this device shows the journal: theme, size of text, and the name it goes by. Kept on the device alone. */
import { remember } from "../base/database.js"

export const THEMES = ["", "light", "dark"]
export const SIZES = ["", "115", "130", "150"]
export const NAMES = ["", "notes"]

/** What was chosen; "" is how it comes. @param {"theme" | "text" | "name"} what */
export const chosen = (what) => localStorage.getItem(`interlude.${what}`) ?? ""

/**
 * Chooses, and shows it at once: the start script does so. The worker, which shows notifications, asks for the name too.
 * @param {"theme" | "text" | "name"} what @param {string} value
 */
export async function choose(what, value) {
  if (value) localStorage.setItem(`interlude.${what}`, value)
  else localStorage.removeItem(`interlude.${what}`)
  document.dispatchEvent(new Event("interlude-look"))
  if (what === "name") await remember("name", value || undefined)
}
