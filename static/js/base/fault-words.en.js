/** What went wrong, in English. */

export default {
  said: (/** @type {string} */ what, /** @type {string} */ why) => `${what}: ${why}`,
  unreached: "the server could not be reached. Nothing was lost; try again in a moment.",
  here: "something went wrong on this device. Nothing was lost; try again.",
  stranger: "this device is no longer signed in. Nothing was lost; sign in again.",
  too_many: (/** @type {string} */ wait) => `too many tries. Wait ${wait}, then try again.`,
  there: "the server has trouble just now. Nothing was lost; try again in a few minutes.",
  refused: "the server did not take it. Nothing was lost.",
  after_session: "In the hours after a session, opening a share waits so that it is decided with a clear head.",
  until: (/** @type {string} */ wait) => ` It will be possible in ${wait}.`,
  withdrawing: " Withdrawing works at any time.",
  /** By the type of the problem, where what the server says of it is not enough. */
  problem: /** @type {Record<string, string>} */ ({
    "not-found": "it is no longer there.",
    "step-up-needed": "sign in again first: it shows that it is you who holds this device.",
    "registration-closed": "new accounts are made by invitation here.",
    "storage-full": "the server's disk is full. Nothing was lost; try again later.",
  }),
  /** By the field that a 422 names. */
  field: /** @type {Record<string, string>} */ ({
    name: "Write a name of at most 100 letters.",
    email: "This does not look like an address.",
    password: "Somebody would try this one among the first. Choose another; four or five words you will remember are good.",
    adult: "This is for people of 18 or older.",
    zone: "This is no time zone the server knows.",
    day_starts_at: "Write a time of the day.",
    code: "That code did not fit. Take the one the app shows now.",
  }),
}
