/** The worker: keeps the whole shell so that a start needs no network, shows a push, and sends when the browser wakes it. */
import { remembered } from "/v/0/js/base/database.js"
import { send } from "/v/0/js/records/sync.js"
import { answerPush, showPush } from "/v/0/js/reminders/arrived.js"

const VERSION = "/v/0/"
const CACHE = `interlude ${VERSION}`
const ICONS = ["/icons/mark.svg", "/icons/notes.svg", "/icons/icon-192.png", "/icons/notes-192.png", "/icons/badge-96.png", "/icons/notes-badge-96.png"]
const MANIFESTS = ["/manifest.webmanifest", "/manifest.es.webmanifest", "/notes.webmanifest", "/notes.es.webmanifest"]
/** What has an address of its own whatever the version. */
const ROOT = ["/", ...MANIFESTS, ...ICONS]
const MEDIA = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" }

/** Typed once for what this file is: the page's types know no worker. @type {any} */
const worker = self

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(keepShell()))
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(takePlace()))
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (origin !== worker.location.origin || event.request.method !== "GET") return
  const isStart = event.request.mode === "navigate" && pathname === "/"
  if (isStart || pathname.startsWith("/v/") || ROOT.includes(pathname)) event.respondWith(fromShell(event.request, isStart))
})
// A new worker waits until the person says so: a page is never changed under somebody's hands.
worker.addEventListener("message", (/** @type {any} */ event) => (event.data === "take-over" ? worker.skipWaiting() : handOn(event)))
worker.addEventListener("sync", (/** @type {any} */ event) => event.tag === "interlude-send" && event.waitUntil(sendWaiting()))
worker.addEventListener("push", (/** @type {any} */ event) => event.waitUntil(showPush(worker, event.data)))
worker.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close()
  event.waitUntil(answerPush(worker, event.notification.data?.delivery_id, event.action))
})

const HANDED_MS = 10_000
/** The open key of a page that starts anew (vault/handed.js). @type {{hand: string, key: CryptoKey} | null} */
let handed = null

/** Keeps it for seconds, and gives it once. @param {any} event */
function handOn({ data, ports }) {
  if (!data?.hand && !data?.take) return
  ports[0].postMessage(data.hand ? true : handed && handed.hand === data.take ? handed.key : null)
  const mine = (handed = data.hand ? data : null)
  setTimeout(() => (handed = handed === mine ? null : handed), HANDED_MS)
}

/** All or nothing: half a shell would start and then fail somewhere on the way. */
async function keepShell() {
  const cache = await caches.open(CACHE)
  try {
    await Promise.all([keepVersion(cache), ...ROOT.map((path) => keepFile(cache, path))])
  } catch (fault) {
    await caches.delete(CACHE)
    throw fault
  }
}

/** Every script and style sheet, from one answer: two hundred requests would take long where the network is slow. @param {Cache} cache */
async function keepVersion(cache) {
  const texts = Object.entries(await (await answerTo(`${VERSION}shell.json`, "no-store")).json())
  await Promise.all(texts.map(([name, text]) => cache.put(VERSION + name, new Response(text, { headers: { "Content-Type": mediaOf(name), "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin" } }))))
}

/** @param {string} name */
const mediaOf = (name) => MEDIA[/** @type {keyof typeof MEDIA} */ (name.split(".").at(-1))]

/** @param {Cache} cache @param {string} path */
async function keepFile(cache, path) {
  // The browser's own cache may hold an older one.
  const answer = await answerTo(path, "reload")
  if (path === "/" && !(await answer.clone().text()).includes(VERSION)) throw new Error("The page is of another version.")
  await cache.put(path, answer)
}

/** @param {string} path @param {RequestCache} cache */
async function answerTo(path, cache) {
  const answer = await fetch(path, { cache })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer
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
