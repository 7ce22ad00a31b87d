/** Which page the address names. Pages are hash routes (`/#/history`); anything else after `#` is left alone. */
import { signal } from "../../vendor/signals-core.js"

/**
 * @typedef {object} Page
 * @property {string} path such as "/people/:id"; a part with a colon becomes a param
 * @property {() => Promise<{default: any}>} [load] the module; without it the page stands in index.html
 * @property {string[]} [roles] who has this page: "patient", "therapist", "guest"; everybody when left out
 * @property {true} [isUnlocked] opens while the app is locked: it shows nothing that was written, but for what the person chose
 */
/**
 * @typedef {object} Route
 * @property {string} path @property {Page | null} page @property {Record<string, string>} params @property {URLSearchParams} query
 * @property {string} at the place on the page: beside the address, so that neither the bar nor the browser's list says how far somebody came
 */

/** Where we are; `page` is null when no page has that address. @type {import("../../vendor/signals-core.js").Signal<Route>} */
export const route = signal({ path: "/", page: null, params: {}, query: new URLSearchParams(), at: "" })

/** @type {Page[]} */
let pages = []

/** Begins to follow the address. @param {Page[]} table */
export function start(table) {
  pages = table
  addEventListener("hashchange", follow)
  // Between two places of one page the address stays, and nothing else tells of the way back.
  addEventListener("popstate", () => (history.state?.at ?? "") !== route.peek().at && location.hash.slice(1) === followed && follow())
  follow()
}

/** Goes to a path such as "/history". @param {string} path @param {{replace?: boolean, at?: string}} [how] `at`: a place on that page */
export function go(path, { replace = false, at = "" } = {}) {
  if (replace) {
    history.replaceState(at ? { at } : null, "", `#${path}`)
    follow()
  } else if (at || (followed === path && route.peek().at)) {
    history.pushState({ at }, "", `#${path}`)
    follow()
  } else {
    location.hash = path
  }
}

/** What the address said when it was last followed. */
let followed = ""

function follow() {
  const hash = location.hash.slice(1)
  if (hash !== "" && !hash.startsWith("/")) return
  followed = hash
  const at = String(history.state?.at ?? "")
  const [path, query = ""] = (hash || "/").split("?")
  for (const page of pages) {
    const params = paramsOf(page.path, path)
    if (params) {
      route.value = { path, page, params, query: new URLSearchParams(query), at }
      return
    }
  }
  route.value = { path, page: null, params: {}, query: new URLSearchParams(query), at }
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
