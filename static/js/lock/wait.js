/**
 * Wrong tries, and how long the next one waits. The wait passes while a page that asks for the PIN is open, by a clock that nobody
 * can set; and, where there is a network, by the server's. What the clock of this device shows plays no part: setting it
 * shortens nothing.
 */
import { remember, remembered } from "../base/database.js"
import { counted, waitAfter } from "./rules.js"

/** Under this name the device remembers them; also the Web Lock held during one, so that pages don't try side by side. */
export const TRIES = "tries"
/** So often is written down what has passed: whoever ends the page takes at most this much of it back. */
const WRITTEN_MS = 5_000
const DEADLINE_MS = 5_000

/** What this page read last, and when by its own clock: of several open pages only the one that wrote last counts on. @type {{tries: import("./rules.js").Tries, at: number} | null} */
let seen = null

/** How many seconds the next try waits. @param {number | null} [server] its time (epoch, ms), where it was heard */
export async function waitNow(server = null) {
  const kept = await tries()
  const at = performance.now()
  if (seen?.tries.wrong !== kept.wrong || seen.tries.left_ms !== kept.left_ms) seen = { tries: kept, at }
  const now = counted(kept, at - seen.at, server)
  if (kept.left_ms - now.left_ms >= Math.min(WRITTEN_MS, kept.left_ms || 1) || now.ends_at !== kept.ends_at) {
    await remember(TRIES, now)
    seen = { tries: now, at }
  }
  return Math.ceil(now.left_ms / 1000)
}

/** Counts a wrong one. */
export async function countWrong() {
  const wrong = (await tries()).wrong + 1
  await remember(TRIES, { wrong, left_ms: waitAfter(wrong), ends_at: null })
}

export const forgetTries = () => remember(TRIES, undefined)

/** The server's time (epoch, ms); null without a network. */
export const serverTime = () =>
  fetch("/healthz", { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(DEADLINE_MS) })
    .then(({ headers }) => Date.parse(headers.get("Date") ?? "") || null, () => null)

/** @returns {Promise<import("./rules.js").Tries>} */
async function tries() {
  const { wrong = 0, left_ms = waitAfter(wrong), ends_at = null } = (await remembered(TRIES)) ?? {}
  return { wrong, left_ms, ends_at }
}
