/** The worker: keeps the whole shell so that a start needs no network, shows a push, and sends when the browser wakes it. */
import { call } from "/v/0/js/base/api.js"
import { remembered } from "/v/0/js/base/database.js"
import { now } from "/v/0/js/base/time.js"
import { send } from "/v/0/js/records/sync.js"

const VERSION = "/v/0/"
const CACHE = `interlude ${VERSION}`
const FILES = [
  "css/chart.css",
  "css/pages.css",
  "css/reading.css",
  "css/session.css",
  "css/sharing.css",
  "css/today.css",
  "js/accounts/account.js",
  "js/accounts/devices.js",
  "js/accounts/enter.js",
  "js/accounts/header.js",
  "js/accounts/leave.js",
  "js/accounts/register.js",
  "js/accounts/rules.js",
  "js/accounts/second-factor.js",
  "js/accounts/settings.js",
  "js/accounts/sign-in.js",
  "js/accounts/signed-out.js",
  "js/accounts/told.js",
  "js/app.js",
  "js/base/answer.js",
  "js/base/api.js",
  "js/base/chart-parts.js",
  "js/base/chart-shapes.js",
  "js/base/chart-words.en.js",
  "js/base/chart-words.es.js",
  "js/base/chart-words.js",
  "js/base/chart.js",
  "js/base/database.js",
  "js/base/dom.js",
  "js/base/fault.js",
  "js/base/ids.js",
  "js/base/language.js",
  "js/base/news.js",
  "js/base/router.js",
  "js/base/signals.js",
  "js/base/time-words.js",
  "js/base/time.js",
  "js/base/ui.js",
  "js/base/words.en.js",
  "js/base/words.es.js",
  "js/base/words.js",
  "js/journal/entry-words.js",
  "js/journal/entry.js",
  "js/journal/form.js",
  "js/journal/history.js",
  "js/journal/more-fold.js",
  "js/journal/more.js",
  "js/journal/rules.js",
  "js/journal/saved.js",
  "js/journal/scale.js",
  "js/journal/today-head.js",
  "js/journal/today.js",
  "js/journal/way-back.js",
  "js/journal/words.en.js",
  "js/journal/words.es.js",
  "js/journal/words.js",
  "js/page-words.en.js",
  "js/page-words.es.js",
  "js/records/drafts.js",
  "js/records/outbox.js",
  "js/records/rows.js",
  "js/records/rules.js",
  "js/records/sending.js",
  "js/records/settle.js",
  "js/records/store.js",
  "js/records/sync.js",
  "js/records/told.js",
  "js/reminders/device.js",
  "js/reminders/due.js",
  "js/reminders/form.js",
  "js/reminders/ledger.js",
  "js/reminders/push.js",
  "js/reminders/reminder.js",
  "js/reminders/rules.js",
  "js/safety/crisis-lines.js",
  "js/safety/help.js",
  "js/safety/rules.js",
  "js/safety/zones.js",
  "js/sharing/audit-words.js",
  "js/sharing/brief.js",
  "js/sharing/consent.js",
  "js/sharing/fault.js",
  "js/sharing/hours-words.js",
  "js/sharing/invitation-secret.js",
  "js/sharing/invitation.js",
  "js/sharing/invite.js",
  "js/sharing/link-once.js",
  "js/sharing/looks.js",
  "js/sharing/people.js",
  "js/sharing/person.js",
  "js/sharing/preview.js",
  "js/sharing/reading-hours.js",
  "js/sharing/reading.js",
  "js/sharing/rules.js",
  "js/sharing/share.js",
  "js/sharing/shared.js",
  "js/start.js",
  "js/summaries/better-days.js",
  "js/summaries/rules.js",
  "js/summaries/since-shapes.js",
  "js/summaries/since.js",
  "js/summaries/trends.js",
  "js/summaries/weeks.js",
  "js/summaries/words.en.js",
  "js/summaries/words.es.js",
  "js/summaries/words.js",
  "js/treatment/acts.js",
  "js/treatment/add.js",
  "js/treatment/change.js",
  "js/treatment/form.js",
  "js/treatment/near.js",
  "js/treatment/own.js",
  "js/treatment/rules.js",
  "js/treatment/session.js",
  "js/treatment/tonight.js",
  "js/treatment/words.en.js",
  "js/treatment/words.es.js",
  "js/treatment/words.js",
  "js/worker.js",
  "vendor/htm.js",
  "vendor/idb.js",
  "vendor/preact-hooks.js",
  "vendor/preact.js",
  "vendor/signals-core.js",
  "vendor/signals.js",
]
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
