/** A push that has arrived: shown, answered, and its receipt sent. Runs in the worker, and knows no page. */
import { call } from "../base/api.js"
import { remembered } from "../base/database.js"
import { now } from "../base/time.js"
import english from "./arrived-words.en.js"
import spanish from "./arrived-words.es.js"

/** A worker may not wait for words when it starts, so it has them all at hand. @type {Record<string, typeof english>} */
const WORDS = { en: english, es: spanish }

/** The notification comes first: a browser takes the permission away from a worker that shows nothing. @param {any} worker @param {any} data */
export async function showPush(worker, data) {
  const { delivery_id, title, body } = payloadOf(data)
  const [name, language] = await Promise.all(["name", "language"].map((key) => remembered(key).catch(() => "")))
  const isNotes = name === "notes"
  const words = wordsFor([language, ...navigator.languages.map((one) => one.split("-")[0])])
  await worker.registration.showNotification(inOurs(title || english.neutral, words), {
    body: body || "",
    tag: delivery_id || "interlude",
    icon: isNotes ? "/icons/notes-192.png" : "/icons/icon-192.png",
    badge: isNotes ? "/icons/notes-badge-96.png" : "/icons/badge-96.png",
    data: { delivery_id },
    actions: [{ action: "log", title: words.write }, { action: "not_now", title: words.not_now }],
  })
  await tellSeen(delivery_id, { shown_at: now() })
}

/** @param {(string | undefined)[]} languages the one wanted most first */
const wordsFor = (languages) => WORDS[languages.find((one) => one && one in WORDS) ?? "en"]

/** The server's own words in those of this device; the person's stay theirs. @param {string} title @param {typeof english} words */
const inOurs = (title, words) => ({ [english.neutral]: words.neutral, [english.last]: words.last })[title] ?? title

/** @param {any} data */
function payloadOf(data) {
  try {
    return data?.json() ?? {}
  } catch {
    return {} // nothing in it can be read: the neutral words stand
  }
}

/** A notification was pressed. @param {any} worker @param {string | undefined} deliveryId @param {string} action */
export async function answerPush(worker, deliveryId, action) {
  const told = tellSeen(deliveryId, { ...(action === "not_now" ? {} : { opened_at: now() }), ...(action ? { action } : {}) })
  if (action !== "not_now") await openPage(worker)
  await told
}

/** @param {any} worker */
async function openPage(worker) {
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
