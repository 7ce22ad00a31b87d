/** The worker: keeps the whole shell so that a start needs no network, shows a push, and sends when the browser wakes it. */
import { call } from "/v/0/js/base/api.js"
import { remembered } from "/v/0/js/base/database.js"
import { now } from "/v/0/js/base/time.js"
import { send } from "/v/0/js/records/sync.js"
import { FILES } from "/v/0/js/shell-files.js"

const VERSION = "/v/0/"
const CACHE = `interlude ${VERSION}`
const ICONS = ["/icons/mark.svg", "/icons/icon-192.png", "/icons/badge-96.png"]
const SHELL = ["/", "/manifest.webmanifest", ...ICONS, ...FILES.map((name) => VERSION + name)]

/** Typed once for what this file is: the page's types know no worker. @type {any} */
const worker = self

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepShell()))
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takePlace()))
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (origin !== worker.location.origin || event.request.method !== "GET") return
  const isStart = event.request.mode === "navigate" && pathname === "/"
  if (isStart || pathname.startsWith("/v/") || SHELL.includes(pathname)) event.respondWith(fromShell(event.request, isStart))
})
// A new worker waits until the person says so: a page is never changed under somebody's hands.
worker.addEventListener("message", (/** @type {any} */ event) => event.data === "take-over" && worker.skipWaiting())
worker.addEventListener("sync", (/** @type {any} */ event) => event.tag === "interlude-send" && event.waitUntil(sendWaiting()))
worker.addEventListener("push", (/** @type {any} */ event) => event.waitUntil(showPush(event.data)))
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close()
  event.waitUntil(answerPush(event.notification.data?.delivery_id, event.action))
})

/** All or nothing: half a shell would start and then fail somewhere on the way. */
async function keepShell() {
  const cache = await caches.open(CACHE)
  try {
    await Promise.all(SHELL.map((path) => keepFile(cache, path)))
  } catch (fault) {
    await caches.delete(CACHE)
    throw fault
  }
}

/** @param {Cache} cache @param {string} path */
async function keepFile(cache, path) {
  // The browser's own cache may hold an older one.
  const answer = await fetch(path, { cache: "reload" })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  if (path === "/" && !(await answer.clone().text()).includes(VERSION)) throw new Error("The page is of another version.")
  await cache.put(path, answer)
}

async function takePlace() {
  for (const name of await caches.keys()) {
    if (name.startsWith("interlude ") && name !== CACHE) await caches.delete(name)
  }
  await worker.clients.claim()
}

/** @param {Request} request @param {boolean} isStart */
async function fromShell(request, isStart) {
  const cache = await caches.open(CACHE)
  return (await cache.match(isStart ? "/" : request, { ignoreSearch: isStart })) ?? fetch(request)
}

async function sendWaiting() {
  const who = await remembered("account")
  if (who?.role === "patient") await send(who.id)
}

/** The notification comes first: a browser takes the permission away from a worker that shows nothing. @param {any} data */
async function showPush(data) {
  const { delivery_id, title, body } = payloadOf(data)
  await worker.registration.showNotification(title || "A moment for your journal", {
    body: body || "",
    tag: delivery_id || "interlude",
    icon: "/icons/icon-192.png",
    badge: "/icons/badge-96.png",
    data: { delivery_id },
    actions: [{ action: "log", title: "Write" }, { action: "not_now", title: "Not now" }],
  })
  await tellSeen(delivery_id, { shown_at: now() })
}

/** @param {any} data */
function payloadOf(data) {
  try {
    return data?.json() ?? {}
  } catch {
    return {} // nothing in it can be read: the neutral words stand
  }
}

/** @param {string | undefined} deliveryId @param {string} action */
async function answerPush(deliveryId, action) {
  const told = tellSeen(deliveryId, { ...(action === "not_now" ? {} : { opened_at: now() }), ...(action ? { action } : {}) })
  if (action !== "not_now") await openPage()
  await told
}

async function openPage() {
  const pages = await worker.clients.matchAll({ type: "window", includeUncontrolled: true })
  const page = pages[0]
  if (!page) return worker.clients.openWindow("/")
  await page.focus()
  page.postMessage("open-today")
}

/** @param {string | undefined} deliveryId @param {Record<string, string>} receipt */
async function tellSeen(deliveryId, receipt) {
  if (!deliveryId) return
  try {
    await call("POST", `/api/deliveries/${deliveryId}/seen`, receipt)
  } catch (fault) {
    // A receipt is worth having, not worth a failed notification.
    console.warn("The receipt did not arrive.", fault)
  }
}
