/** Asks the server: JSON there and back, a problem answer becomes an error. Works in the page and in the worker. */

const DEADLINE_MS = 20_000

/** A problem answer of the server (RFC 9457). */
export class Problem extends Error {
  /** @param {number} status @param {any} body @param {number | null} retryAfterS */
  constructor(status, body, retryAfterS) {
    super(body?.title || String(status))
    this.status = status
    /** @type {string} such as "/problems/consent-withdrawn" */
    this.type = body?.type ?? "about:blank"
    /** @type {string} */
    this.title = body?.title ?? ""
    /** @type {string} */
    this.detail = body?.detail ?? ""
    /** @type {{pointer: string, detail: string}[]} */
    this.errors = body?.errors ?? []
    this.retryAfterS = retryAfterS
  }
}

/** Whether the server does not take this device for who it is: nobody signed in, or somebody else. @param {unknown} fault */
export const isStranger = (fault) => fault instanceof Problem && (fault.status === 401 || fault.type === "/problems/other-account")

/** @type {string | null} */
let speaker = null

/** From now on every call names this account, so that the server refuses it under another one's cookie. @param {string | null} accountId */
export const speakAs = (accountId) => void (speaker = accountId)

/** No answer: no network, no server, or not in time. What was asked may or may not have been done. */
export class Offline extends Error {}

/**
 * The parsed answer, null for an empty one. Throws `Problem` or `Offline`.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {string | null} [as] the account that asks; null for whoever the cookie belongs to
 * @returns {Promise<any>}
 */
export async function call(method, path, body, as = speaker) {
  let answer, text
  try {
    answer = await fetch(path, {
      method,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      // Every unsafe call says JSON, the bare ones too: the server asks it of a browser.
      headers: { ...(method === "GET" ? {} : { "Content-Type": "application/json" }), ...(as ? { "Interlude-Account": as } : {}) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    text = await answer.text()
  } catch (cause) {
    throw new Offline("offline", { cause })
  }
  const value = parsed(text)
  if (answer.ok && value !== undefined) return value
  throw new Problem(answer.status, value, retryAfter(answer))
}

/** @param {string} text */
function parsed(text) {
  if (text === "") return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a page put in between by somebody else's network
  }
}

/** @param {Response} answer */
function retryAfter(answer) {
  const seconds = Number(answer.headers.get("Retry-After"))
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null
}
