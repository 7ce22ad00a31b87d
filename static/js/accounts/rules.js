/** Who may be where. Pure. */

/** The first page of an account, or of a guest. @param {{role: string} | null} who */
export const homeOf = (who) => (who?.role === "therapist" ? "/people" : "/")

/** Only a page of ours: what an address asks for is not trusted with more. @param {string | null} path */
export const mayGo = (path) => (path && /^\/[a-z][\w\-/~.]*$/i.test(path) ? path : null)

/**
 * Where somebody is sent who may not see a page; null when they may.
 * @param {{path: string, roles?: string[]}} page @param {{role: string} | null} who @param {string} path as it was asked for
 */
export function turnedAway(page, who, path) {
  const role = who?.role ?? "guest"
  if (!page.roles || page.roles.includes(role)) return null
  return who ? homeOf(who) : `/sign-in?next=${encodeURIComponent(path)}`
}

/** What can be wrong with a password before the server is asked. @param {string} password */
export function passwordFault(password) {
  const length = [...password].length
  return length < 15 ? `It has ${length} characters; 15 or more keep guessing out.` : ""
}
