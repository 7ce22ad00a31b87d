/** A link to a place on a page that the address does not tell. */
import { element } from "./dom.js"
import { go } from "./router.js"

/** @param {string} path @param {string} at @param {string} said @param {Record<string, string>} [attributes] */
export function wayTo(path, at, said, attributes = {}) {
  const link = element("a", { ...attributes, href: `#${path}` }, said)
  link.addEventListener("click", (event) => {
    event.preventDefault()
    go(path, { at })
  })
  return link
}
