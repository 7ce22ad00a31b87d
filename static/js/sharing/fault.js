/** What went wrong around sharing, in words. */
import { Problem } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { waitInWords } from "./rules.js"

/** Like `faultWords`, and says why sharing waits after a session. @param {unknown} fault @param {string} what happened not */
export function shareFault(fault, what) {
  if (!(fault instanceof Problem) || fault.type !== "/problems/after-session") return faultWords(fault, what)
  const wait = fault.retryAfterS ? ` It will be possible in ${waitInWords(fault.retryAfterS)}.` : ""
  return `In the hours after a session, opening a share waits so that it is decided with a clear head.${wait} Withdrawing works at any time.`
}

/** @param {unknown} value an answer that is a list @returns {any[]} */
export const itemsOf = (value) => (Array.isArray(value) ? value : (/** @type {any} */ (value)?.items ?? []))
