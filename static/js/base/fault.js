/** What went wrong, in words: what happened, that nothing was lost, and the one thing to do. */
import { isStranger, Offline, Problem } from "./api.js"
import { html } from "./ui.js"

/**
 * @param {unknown} fault @param {string} what happened not, such as "The name was not changed"
 */
export function faultWords(fault, what) {
  if (fault instanceof Offline) return `${what}: the server could not be reached. Nothing was lost; try again in a moment.`
  if (!(fault instanceof Problem)) return `${what}: something went wrong on this device. Nothing was lost; try again.`
  if (isStranger(fault)) return `${what}: this device is no longer signed in. Nothing was lost; sign in again.`
  if (fault.status === 429) return `${what}: too many tries. Wait ${waitWords(fault.retryAfterS ?? 60)}, then try again.`
  if (fault.status >= 500) return `${what}: the server has trouble just now. Nothing was lost; try again in a few minutes.`
  return `${what}: ${fault.errors.map(({ detail }) => detail).join(" ") || fault.detail || fault.title}`
}

/** What a 422 says of one field, or nothing. @param {unknown} fault @param {string} name */
export function faultOf(fault, name) {
  const errors = fault instanceof Problem ? fault.errors : []
  return errors.filter(({ pointer }) => pointer === `/${name}` || pointer.startsWith(`/${name}/`)).map(({ detail }) => detail).join(" ")
}

/** @param {number} seconds */
const waitWords = (seconds) => (seconds < 90 ? "a minute" : `${Math.ceil(seconds / 60)} minutes`)

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
