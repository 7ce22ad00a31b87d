/** The secret of an invitation while somebody signs in for it: in this tab's memory and nowhere that outlives the tab. */

const KEY = "interlude.invitation"
/** Stands in the address once the secret has been taken out of it. */
export const TAKEN = "opened"

/** Of whoever signs out here to go on as somebody else: signing out forgets all that this tab held. */
let carried = ""

/** The secret in a link or in what was pasted of it; null when there is none. @param {string} text */
export function secretIn(text) {
  const found = text.trim().match(/(?:#\/invitation\/|^)([A-Za-z0-9_-]{20,200})$/)
  return found ? found[1] : null
}

/** Takes the secret out of the address bar and the history, and keeps it for this tab. @param {string} fromAddress */
export function takeSecret(fromAddress) {
  if (fromAddress === TAKEN) return sessionStorage.getItem(KEY) ?? put()
  sessionStorage.setItem(KEY, fromAddress)
  history.replaceState(null, "", `#/invitation/${TAKEN}`)
  return fromAddress
}

/** Keeps it in mind over the sign-out that comes now. */
export function carryOver() {
  carried = sessionStorage.getItem(KEY) ?? ""
}

function put() {
  if (!carried) return null
  const secret = carried
  carried = ""
  sessionStorage.setItem(KEY, secret)
  return secret
}

/** Whether an invitation waits in this tab. */
export const isWaiting = () => sessionStorage.getItem(KEY) !== null

export const forgetSecret = () => sessionStorage.removeItem(KEY)
