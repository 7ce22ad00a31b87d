/**
 * The open root key over a start that the person asked for, such as for another language: the worker holds it meanwhile, in memory
 * alone, for seconds, and gives it once, to the page that knows the word for it. It can't be exported there either.
 */
import { HANDED, ringNow } from "./keys.js"

/** So long an answer is waited for; without one the lock is closed after the start, as after any other. */
const LONGEST_MS = 1_000

/** Hands the key over, where a lock is on and open. */
export async function handOver() {
  const { vault, root } = await ringNow()
  if (!root || vault.protector.kind === "device") return
  const word = crypto.randomUUID()
  if (await answerOfWorker({ hand: word, key: root })) sessionStorage.setItem(HANDED, word)
}

/** What was handed over; null where nothing was, or not any more. @returns {Promise<CryptoKey | null>} */
export function takeOver() {
  const word = sessionStorage.getItem(HANDED)
  sessionStorage.removeItem(HANDED)
  return answerOfWorker({ take: word })
}

/** @param {Record<string, unknown>} what @returns {Promise<any>} */
function answerOfWorker(what) {
  const worker = navigator.serviceWorker?.controller
  return new Promise((done) => {
    if (!worker) return done(null)
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => done(data)
    setTimeout(() => done(null), LONGEST_MS)
    worker.postMessage(what, [port2])
  })
}
