/** Small pieces of page, for the part of it that stands in index.html. */

/** An element of index.html. @param {string} id @returns {any} */
export const part = (id) => document.getElementById(id)

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
