/** Which page the address names. Pages are hash routes (`/#/history`); anything else after `#` is left alone. */
import { signal } from "../../vendor/signals-core.js"

/**
 * @typedef {object} Page
 * @property {string} path such as "/people/:id"; a part with a colon becomes a param
 * @property {() => Promise<{default: any}>} [load] the module; without it the page stands in index.html
 * @property {string[]} [roles] who has this page: "patient", "therapist", "guest"; everybody when left out
 * @property {true} [isUnlocked] opens while the app is locked: it shows nothing that was written, but for what the person chose
 */
/** @typedef {{path: string, page: Page | null, params: Record<string, string>, query: URLSearchParams}} Route */

/** Where we are; `page` is null when no page has that address. @type {import("../../vendor/signals-core.js").Signal<Route>} */
export const route = signal({ path: "/", page: null, params: {}, query: new URLSearchParams() })

/** @type {Page[]} */
let pages = []

/** Begins to follow the address. @param {Page[]} table */
export function start(table) {
  pages = table
  addEventListener("hashchange", follow)
  follow()
}

/** Goes to a path such as "/history". @param {string} path @param {{replace?: boolean}} [how] */
export function go(path, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, "", `#${path}`)
    follow()
  } else {
    location.hash = path
  }
}

function follow() {
  const hash = location.hash.slice(1)
  if (hash !== "" && !hash.startsWith("/")) return
  const [path, query = ""] = (hash || "/").split("?")
  for (const page of pages) {
    const params = paramsOf(page.path, path)
    if (params) {
      route.value = { path, page, params, query: new URLSearchParams(query) }
      return
    }
  }
  route.value = { path, page: null, params: {}, query: new URLSearchParams(query) }
}

/** @param {string} pattern @param {string} path @returns {Record<string, string> | null} */
function paramsOf(pattern, path) {
  const wanted = pattern.split("/")
  const given = path.split("/")
  if (wanted.length !== given.length) return null
  /** @type {Record<string, string>} */
  const params = {}
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(":") && given[i] !== "") params[part.slice(1)] = decoded(given[i])
    else if (part !== given[i]) return null
  }
  return params
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
