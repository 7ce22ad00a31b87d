/** This device's push subscription: whether one can be had, asking for it, and keeping the server's copy the same. */
import { call } from "../base/api.js"
import { remember, remembered } from "../base/database.js"
import { account } from "../accounts/account.js"

const KEPT = "push"

/** @typedef {"on" | "off" | "denied" | "install" | "missing"} DeviceState */

/** Whether notifications come to this device. @returns {Promise<DeviceState>} */
export async function deviceState() {
  if (!isPossible()) return isApplePhone() && !isInstalled() ? "install" : "missing"
  if (Notification.permission === "denied") return "denied"
  const kept = await remembered(KEPT)
  if (Notification.permission !== "granted" || kept?.account !== account.value?.id) return "off"
  return (await current()) ? "on" : "off"
}

/** Asks the person; call it at once on a tap. @returns {Promise<boolean>} */
export async function askPermission() {
  if (!isPossible()) return false
  return (await Notification.requestPermission()) === "granted"
}

/** Subscribes this device and tells the server. Throws what the browser or the server answers. */
export async function subscribe() {
  const worker = await navigator.serviceWorker.ready
  const { key } = await call("GET", "/api/push-key")
  const wanted = bytesOf(key)
  let subscription = await worker.pushManager.getSubscription()
  if (subscription && !isSame(subscription.options.applicationServerKey, wanted)) {
    await subscription.unsubscribe()
    subscription = null
  }
  subscription ??= await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted })
  await tell(subscription)
}

/**
 * On every open: where notifications are wanted here, makes sure that the browser still has a subscription and that the
 * server knows this one as that of the present sign-in: it ends with it. No browser can be relied on to say that it changed. Once somebody has signed out, the browser's
 * subscription ends, and with the next push the server hears that it is gone. Never throws: the next open tries again.
 */
export async function keepSubscription() {
  try {
    const kept = await remembered(KEPT)
    if (!kept || !isPossible() || Notification.permission !== "granted") return
    if (kept.account !== account.peek()?.id) return void (await endHere())
    const subscription = await current()
    if (subscription?.endpoint !== kept.endpoint || !(await isKnown(kept.id))) await subscribe()
  } catch (fault) {
    console.info("The subscription could not be compared.", fault)
  }
}

async function endHere() {
  await remember(KEPT, undefined)
  await (await current())?.unsubscribe()
}

/** Ends it on this device and at the server. */
export async function dropSubscription() {
  const kept = await remembered(KEPT)
  await endHere()
  if (kept) await call("DELETE", `/api/push-subscriptions/${kept.id}`)
}

/** Asks the server to send one notification now. */
export async function sendTest() {
  const kept = await remembered(KEPT)
  await call("POST", `/api/push-subscriptions/${kept.id}/test`)
}

const isPossible = () => "serviceWorker" in navigator && "PushManager" in globalThis && "Notification" in globalThis
const isApplePhone = () => /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1)
const isInstalled = () => matchMedia("(display-mode: standalone)").matches

async function current() {
  const worker = await navigator.serviceWorker.getRegistration()
  return (await worker?.pushManager.getSubscription()) ?? null
}

/** @param {string} id */
async function isKnown(id) {
  const list = await call("GET", "/api/push-subscriptions")
  return (Array.isArray(list) ? list : list.items).some((/** @type {any} */ one) => one.id === id && one.current)
}

/** @param {PushSubscription} subscription */
async function tell(subscription) {
  const { endpoint, keys } = subscription.toJSON()
  const kept = await call("POST", "/api/push-subscriptions", { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } })
  await remember(KEPT, { id: kept.id, endpoint, account: account.value?.id })
}

/** @param {ArrayBuffer | null} a @param {Uint8Array} b */
function isSame(a, b) {
  if (!a) return false
  const bytes = new Uint8Array(a)
  return bytes.length === b.length && bytes.every((byte, i) => byte === b[i])
}

/** @param {string} base64url */
function bytesOf(base64url) {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}
