/** Tells every open page, and the worker, that something on this device has changed. */

const channel = new BroadcastChannel("interlude")
/** @type {Set<(what: string) => void>} */
const listeners = new Set()

channel.onmessage = (/** @type {MessageEvent} */ event) => tell(event.data)

/**
 * "records": entries, or what is waiting, changed. "account": who is here changed. "shares": who can read may have changed.
 * "lock": the app was locked, or its lock changed. "unread": what lay here could not be opened any more.
 * @typedef {"records" | "account" | "shares" | "lock" | "unread"} News
 */

/** @param {News} what */
export function announce(what) {
  tellOthers(what)
  tell(what)
}

/** Where this page has done already what follows from it. @param {News} what */
export const tellOthers = (what) => channel.postMessage(what)

/** Calls `listener` at each piece of news; answers the function that stops it. @param {(what: string) => void} listener */
export function heard(listener) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** @param {string} what */
const tell = (what) => listeners.forEach((listener) => listener(what))
