/** What went wrong, in words: what happened, that nothing was lost, and the one thing to do. */
import { isStranger, Offline, Problem } from "./api.js"
import { language, wordsIn } from "./language.js"
import { durationWords } from "./time-words.js"
import { html } from "./ui.js"

const words = await wordsIn({ en: () => import("./fault-words.en.js"), es: () => import("./fault-words.es.js") })
const A_MINUTE_S = 60

/**
 * @param {unknown} fault @param {string} what happened not, such as "The name was not changed"
 */
export function faultWords(fault, what) {
  if (fault instanceof Problem && fault.type === "/problems/after-session") return afterSession(fault.retryAfterS)
  return words.said(what, why(fault))
}

/** @param {unknown} fault */
function why(fault) {
  if (fault instanceof Offline) return words.unreached
  if (!(fault instanceof Problem)) return words.here
  if (isStranger(fault)) return words.stranger
  if (fault.status === 429) return words.too_many(durationWords(fault.retryAfterS ?? A_MINUTE_S))
  const known = words.problem[fault.type.replace("/problems/", "")]
  if (known) return known
  if (fault.status >= 500) return words.there
  return fault.errors.map(({ pointer, detail }) => fieldWords(pointer, detail)).join(" ") || english(fault.detail || fault.title) || words.refused
}

/** Why sharing waits, and until when. @param {number | null} waitS */
const afterSession = (waitS) => words.after_session + (waitS ? words.until(durationWords(waitS)) : "") + words.withdrawing

/** What a 422 says of one field, or nothing. @param {unknown} fault @param {string} name */
export function faultOf(fault, name) {
  const errors = fault instanceof Problem ? fault.errors : []
  const mine = errors.filter(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`))
  return [...new Set(mine.map(({ pointer, detail }) => fieldWords(pointer, detail)))].join(" ")
}

/** @param {string} pointer @param {string} detail */
const fieldWords = (pointer, detail) => words.field[pointer.split("/")[1]] ?? english(detail)

/** The server speaks English. @param {string} detail */
const english = (detail) => (language === "en" ? detail : words.refused)

/** The first field at fault has the focus, as soon as it says what is wrong. */
export const toFault = () => requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector("#page [aria-invalid=true]"))?.focus())

/**
 * A labelled input with its hint and its fault, which may be read out at once.
 * @param {{name: string, label: string, hint?: string, fault?: string, isSaidAtOnce?: boolean, beside?: any, [more: string]: any}} props
 *   `beside`: what stands at the right of the input
 */
export function Field({ name, label, hint, fault, isSaidAtOnce, beside, ...input }) {
  const described = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(" ")
  const written = html`<input autocomplete="off" id=${name} name=${name} aria-describedby=${described || undefined} aria-invalid=${fault ? "true" : undefined} ...${input} />`
  return html`
    <div class="field">
      <label for=${name}>${label}</label>
      ${hint && html`<p id=${`${name}-hint`} class="soft small">${hint}</p>`}
      ${beside ? html`<div class="written">${written}${beside}</div>` : written}
      ${fault && html`<p id=${`${name}-fault`} class="fault" role=${isSaidAtOnce ? "alert" : undefined}>${fault}</p>`}
    </div>`
}
