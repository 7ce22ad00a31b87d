/** When an app locks itself, what a PIN must be, and how long wrong ones wait. Pure. */

/** So long nothing is touched before the app locks itself. */
export const IDLE_MS = 120_000
export const SHORTEST_PIN = 4
/** A slip or two costs nothing. */
const FREE_TRIES = 3
const WAITS_S = [30, 60, 300, 900, 3600]

/**
 * @typedef {object} Tries
 * @property {number} wrong in a row
 * @property {number} left_ms how long the next one waits
 * @property {number | null} ends_at when that is over by the server's clock (epoch, ms), once it was heard
 */

/** Whether so much time has passed; a clock that was set back has passed it. @param {number} touchedAt @param {number} now epoch, ms */
export const isIdle = (touchedAt, now) => now < touchedAt || now - touchedAt >= IDLE_MS

/** Whether this can be a PIN: four digits or more. @param {string} pin */
export const isPin = (pin) => /^[0-9]+$/.test(pin) && pin.length >= SHORTEST_PIN

/** How long the next try waits after so many wrong ones, in ms. @param {number} wrong */
export const waitAfter = (wrong) => (wrong < FREE_TRIES ? 0 : 1000 * WAITS_S[Math.min(wrong - FREE_TRIES, WAITS_S.length - 1)])

/**
 * The same after so much of it has passed; the server's clock counts from when it is first heard on.
 * @param {Tries} tries @param {number} passed_ms @param {number | null} server its time now (epoch, ms) @returns {Tries}
 */
export function counted({ wrong, left_ms, ends_at }, passed_ms, server) {
  const here = Math.max(0, left_ms - Math.max(0, passed_ms))
  if (server === null) return { wrong, left_ms: here, ends_at }
  const left = ends_at === null ? here : Math.max(0, Math.min(here, ends_at - server))
  return { wrong, left_ms: left, ends_at: ends_at ?? server + here }
}
