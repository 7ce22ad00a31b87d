/** Tells every open page, and the worker, that something on this device has changed. */

const channel = new BroadcastChannel("interlude")
/** @type {Set<(what: string) => void>} */
const listeners = new Set()

channel.onmessage = (/** @type {MessageEvent} */ event) => tell(event.data)

/**
 * "records": entries, or what is waiting, changed. "account": who is here changed. "shares": who can read may have changed.
 * @param {"records" | "account" | "shares"} what
 */
export function announce(what) {
  channel.postMessage(what)
  tell(what)
}

/** Calls `listener` at each piece of news; answers the function that stops it. @param {(what: string) => void} listener */
export function heard(listener) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** @param {string} what */
const tell = (what) => listeners.forEach((listener) => listener(what))
