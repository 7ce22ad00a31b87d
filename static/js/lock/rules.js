/** When an app locks itself, what a PIN must be, and how long wrong ones wait. Pure. */

/** So long nothing is touched before the app locks itself. */
export const IDLE_MS = 120_000
export const SHORTEST_PIN = 4
/** A slip or two costs nothing. */
const FREE_TRIES = 3
const WAITS_S = [30, 60, 300, 900, 3600]

/** @typedef {{wrong: number, at: number}} Tries wrong ones in a row, and the instant (epoch, ms) of the last */

/** Whether so much time has passed; a clock that was set back has passed it. @param {number} touchedAt @param {number} now epoch, ms */
export const isIdle = (touchedAt, now) => now < touchedAt || now - touchedAt >= IDLE_MS

/** Whether this can be a PIN: four digits or more. @param {string} pin */
export const isPin = (pin) => /^[0-9]+$/.test(pin) && pin.length >= SHORTEST_PIN

/** How many seconds the next try still waits. A clock that was set back waits no longer than from now on. @param {Tries} tries @param {number} now epoch, ms */
export function waitLeft({ wrong, at }, now) {
  if (wrong < FREE_TRIES) return 0
  const wait = WAITS_S[Math.min(wrong - FREE_TRIES, WAITS_S.length - 1)]
  const left = wait - (now - at) / 1000
  return Math.ceil(Math.max(0, Math.min(wait, left)))
}
