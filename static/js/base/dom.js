/** Small pieces of page, for the part of it that stands in index.html. */

/** An element of index.html. @param {string} id @returns {any} */
export const part = (id) => document.getElementById(id)

/** A finger that shakes presses again within so much, and means it once. */
export const TWICE_MS = 600

/** Lets a slow phone hear what was pressed meanwhile, before it goes on. By a message: timers wait a second in a hidden tab. @returns {Promise<void>} */
export const nextTurn = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      done()
    }
    port2.postMessage(null)
  })

/**
 * A new element; text and elements go in as they are.
 * @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} inside
 */
export function element(tag, attributes, ...inside) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...inside)
  return made
}

/**
 * Puts `words` in the place of those that index.html came with: `data-w` names the text of an element, `data-w-label` its label,
 * `data-w-hint` what stands in an empty field.
 * @param {Record<string, string>} words
 */
export function translate(words) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-w]"))) element.textContent = words[element.dataset.w ?? ""]
  for (const [data, attribute] of [["data-w-label", "aria-label"], ["data-w-hint", "placeholder"]]) {
    for (const element of document.querySelectorAll(`[${data}]`)) element.setAttribute(attribute, words[element.getAttribute(data) ?? ""])
  }
}
