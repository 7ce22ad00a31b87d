/** What went wrong, in English. `what` says what happened not, such as "The name was not changed". */
export default {
  offline: (/** @type {string} */ what) => `${what}: the server could not be reached. Nothing was lost; try again in a moment.`,
  here: (/** @type {string} */ what) => `${what}: something went wrong on this device. Nothing was lost; try again.`,
  stranger: (/** @type {string} */ what) => `${what}: this device is no longer signed in. Nothing was lost; sign in again.`,
  too_many: (/** @type {string} */ what, /** @type {string} */ wait) => `${what}: too many tries. Wait ${wait}, then try again.`,
  server: (/** @type {string} */ what) => `${what}: the server has trouble just now. Nothing was lost; try again in a few minutes.`,
  after_session: "In the hours after a session, opening a share waits so that it is decided with a clear head.",
  until: (/** @type {string} */ wait) => ` It will be possible in ${wait}.`,
  withdrawing: " Withdrawing works at any time.",
  not_there: (/** @type {string} */ what) => `${what}: it is not there any more.`,
}
