/** What went wrong, in words: what happened, that nothing was lost, and the one thing to do. */
import { isStranger, Offline, Problem } from "./api.js"
import { wordsIn } from "./language.js"
import { durationWords } from "./time-words.js"
import { html } from "./ui.js"

const words = await wordsIn({ en: () => import("./fault-words.en.js"), es: () => import("./fault-words.es.js") })
const A_MINUTE_S = 60

/**
 * @param {unknown} fault @param {string} what happened not, such as "The name was not changed"
 */
export function faultWords(fault, what) {
  if (fault instanceof Offline) return words.offline(what)
  if (!(fault instanceof Problem)) return words.here(what)
  if (isStranger(fault)) return words.stranger(what)
  if (fault.type === "/problems/after-session") return afterSession(fault.retryAfterS)
  if (fault.status === 429) return words.too_many(what, durationWords(fault.retryAfterS ?? A_MINUTE_S))
  if (fault.status === 404) return words.not_there(what)
  if (fault.status >= 500) return words.server(what)
  return `${what}: ${fault.errors.map(({ detail }) => detail).join(" ") || fault.detail || fault.title}`
}

/** Why sharing waits, and until when. @param {number | null} waitS */
const afterSession = (waitS) => words.after_session + (waitS ? words.until(durationWords(waitS)) : "") + words.withdrawing

/** What a 422 says of one field, or nothing. @param {unknown} fault @param {string} name */
export function faultOf(fault, name) {
  const errors = fault instanceof Problem ? fault.errors : []
  return errors.filter(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`)).map(({ detail }) => detail).join(" ")
}

/**
 * A labelled input with its hint and its fault.
 * @param {{name: string, label: string, hint?: string, fault?: string, [more: string]: any}} props
 */
export function Field({ name, label, hint, fault, ...input }) {
  const described = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(" ")
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      ${hint && html`<p id=${`${name}-hint`} class="soft small">${hint}</p>`}
      <input id=${name} name=${name} aria-describedby=${described || undefined} aria-invalid=${fault ? "true" : undefined} ...${input} />
      ${fault && html`<p id=${`${name}-fault`} class="fault">${fault}</p>`}
    </div>`
}
