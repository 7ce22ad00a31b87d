/** In which order the first five minutes ask. Pure. */

/** After "does anyone else open this phone?" with yes. */
const SHARED_PHONE = ["lock", "name", "reminder", "country"]

/** @typedef {"others" | "lock" | "name" | "reminder" | "country"} Step */

/** The step an address names; the first question for any other. @param {string | undefined} name @returns {Step} */
export const stepOf = (name) => /** @type {Step} */ (SHARED_PHONE.includes(name ?? "") ? name : "others")

/**
 * The path after a step; Today after the last one. Somebody who opens their phone alone is asked for the country at once, and
 * who has a lock already is not offered one.
 * @param {Step} step @param {boolean} [isShared] @param {boolean} [isLocked]
 */
export function after(step, isShared = false, isLocked = false) {
  if (step === "others") return `/begin/${isShared ? SHARED_PHONE[Number(isLocked)] : "country"}`
  const next = SHARED_PHONE[SHARED_PHONE.indexOf(step) + 1]
  return next ? `/begin/${next}` : "/"
}
