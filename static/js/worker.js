/** The service worker, from the page's side: started, and renewed when the person says so. */
import { element, part } from "./base/dom.js"
import { go } from "./base/router.js"
import { words } from "./base/words.js"
import { settled } from "./journal/today.js"

/** A new worker has taken over by then, or is left waiting: Chromium forgets it where other requests cross, until a page begins anew. */
const PATIENCE_MS = 2_000

/** Registers the worker; without one everything but the start without a network still works. */
export async function startWorker() {
  if (!("serviceWorker" in navigator)) return
  // The first worker of all just takes its place; a later one brings new files, so that every open page begins anew.
  let isFirst = !navigator.serviceWorker.controller
  navigator.serviceWorker.addEventListener("controllerchange", async () => {
    if (isFirst) return void (isFirst = false)
    beginAnew()
  })
  // A notification was pressed while this page was open.
  navigator.serviceWorker.addEventListener("message", ({ data }) => data === "open-today" && go("/"))
  const registration = await navigator.serviceWorker.register(/** @type {any} */ (address()), { type: "module" }).catch((fault) => {
    console.warn("The worker did not start; this page needs the network.", fault)
  })
  if (!registration) return
  const takeOver = () => {
    registration.waiting?.postMessage("take-over")
    setTimeout(beginAnew, PATIENCE_MS)
  }
  const offer = () => registration.waiting && navigator.serviceWorker.controller && show(takeOver)
  offer()
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer)
  })
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && registration.update().catch(() => undefined))
}

async function beginAnew() {
  await settled()
  location.reload()
}

/** Trusted Types ask for a policy even here; this one lets a single address through. */
function address() {
  const types = /** @type {any} */ (globalThis).trustedTypes
  const check = (/** @type {string} */ url) => {
    if (url !== "/sw.js") throw new TypeError(`${url} is not our worker`)
    return url
  }
  return types ? types.createPolicy("sw", { createScriptURL: check }).createScriptURL("/sw.js") : "/sw.js"
}

/** @param {() => void} renew */
function show(renew) {
  const button = element("button", { type: "button", class: "link" }, words.use_it_now)
  button.addEventListener("click", renew)
  part("news").replaceChildren(`${words.new_version} `, button)
  part("news").hidden = false
}
