/** Who may be where. Pure. */

/** The first page of an account, or of a guest. @param {{role: string} | null} who */
export const homeOf = (who) => (who?.role === "therapist" ? "/people" : "/")

/** Only a page of ours, and where to go on from there: what an address asks for is not trusted with more. @param {string | null} path */
export const mayGo = (path) => (path && /^\/[a-z][\w\-/~.]*(\?next=[\w\-/~.%]+)?$/i.test(path) ? path : null)

/**
 * Where somebody is sent who may not see a page; null when they may.
 * @param {{path: string, roles?: string[]}} page @param {{role: string} | null} who @param {string} path as it was asked for
 */
export function turnedAway(page, who, path) {
  const role = who?.role ?? "guest"
  if (!page.roles || page.roles.includes(role)) return null
  return who ? homeOf(who) : `/sign-in?next=${encodeURIComponent(path)}`
}

/** What is missing from a registration, field by field; "" where nothing is. @param {Record<string, string>} form */
export const registrationFaults = (form) => ({
  name: form.name?.trim() ? "" : "Say a name; initials are enough.",
  email: /^\S+@\S+$/.test(form.email?.trim() ?? "") ? "" : "This does not look like an address.",
  password: passwordFault(form.password ?? ""),
  adult: form.adult ? "" : "Interlude is for people of 18 or older.",
})

/** What can be wrong with a password before the server is asked. @param {string} password */
export function passwordFault(password) {
  const length = [...password].length
  return length < 15 ? `It has ${length} characters; 15 or more keep guessing out.` : ""
}
