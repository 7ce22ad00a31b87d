/**
 * Where things lie on this device, one database per account (and one for a guest) and a small one for the device; the ids they
 * lie under; and the news, to every open page and the worker, that something of it has changed.
 */
import { deleteDB, openDB } from "../../vendor/idb.js"

/** Chromium's default may lose what was "saved" when the power goes; this one waits for the disk. */
export const STRICT = /** @type {const} */ ({ durability: "strict" })
const GUEST = "guest"

let lastMs = 0
let counter = 0

/** @type {Map<string, Promise<any>>} */
const opened = new Map()
const channel = new BroadcastChannel("interlude")
/** @type {Set<(what: string) => void>} */
const listeners = new Set()

channel.onmessage = (/** @type {MessageEvent} */ event) => tell(event.data)
addEventListener("unhandledrejection", (event) => event.reason instanceof LetGo && event.preventDefault())

/**
 * The database of an account, or of the guest who has none yet. Stores: `records` by id, `outbox` by change id, `drafts` by
 * record id, `notes` by name, `boxed` by store and id (written while the app was locked), `meta` by name. All but the last is
 * read and written through the vault alone. Version 1 held rows as they were typed; the vault seals them.
 * @param {string | null} accountId
 */
export function databaseOf(accountId) {
  return open(nameOf(accountId), 2, (db, before, tx) => {
    if (before < 1) {
      db.createObjectStore("records", { keyPath: "id" }).createIndex("kind_at", ["kind", "at"])
      db.createObjectStore("outbox", { keyPath: "id" }).createIndex("record_id", "record_id")
      db.createObjectStore("drafts", { keyPath: "id" })
      db.createObjectStore("meta")
      tx.objectStore("meta").put(true, "sealed")
    }
    db.createObjectStore("notes", { keyPath: "id" })
    db.createObjectStore("boxed", { keyPath: ["store", "id"] })
  })
}

/** A database was let go while something was still to be read from it: whoever asked shows somebody else's things by now. */
export class LetGo extends Error {}

/** Removes everything of one account from this device. @param {string | null} accountId */
export async function forget(accountId) {
  const name = nameOf(accountId)
  const db = await opened.get(name)
  if (db) letGo(db)
  opened.delete(name)
  await deleteDB(name)
}

/** @param {any} db */
function letGo(db) {
  db.close()
  db.transaction = () => {
    throw new LetGo()
  }
}

/** What the device itself remembers (who is here, the country for the crisis lines). @param {string} key */
export async function remembered(key) {
  return (await device()).get("device", key)
}

/** @param {string} key @param {unknown} value undefined forgets it */
export async function remember(key, value) {
  const tx = (await device()).transaction("device", "readwrite", STRICT)
  if (value === undefined) tx.store.delete(key)
  else tx.store.put(value, key)
  await tx.done
}

/** Keeps `value` where nothing stands yet; answers what stands then, whoever was first. @param {string} key @param {any} value @returns {Promise<any>} */
export async function rememberFirst(key, value) {
  const tx = (await device()).transaction("device", "readwrite", STRICT)
  const found = await tx.store.get(key)
  if (found === undefined) tx.store.put(value, key)
  await tx.done
  return found ?? value
}

const device = () => open("interlude", 1, (db) => db.createObjectStore("device"))

/** @param {string | null} accountId */
const nameOf = (accountId) => `interlude-${accountId ?? GUEST}`

/** @param {string} name @param {number} version @param {(db: any, before: number, tx: any) => void} make */
function open(name, version, make) {
  let found = opened.get(name)
  if (!found) {
    const forgetIt = () => opened.delete(name)
    found = openDB(name, version, {
      upgrade: (/** @type {any} */ db, /** @type {number} */ before, /** @type {number} */ _to, /** @type {any} */ tx) => make(db, before, tx),
      // Another page removes or renews this database: let go, the next use opens it again.
      blocking: (/** @type {any} */ _now, /** @type {any} */ _next, /** @type {any} */ event) => {
        letGo(event.target)
        forgetIt()
      },
      terminated: forgetIt,
    })
    found.catch(forgetIt)
    opened.set(name, found)
  }
  return found
}

/** A UUIDv7 (RFC 9562): sorts by the moment it was made, also within one millisecond. */
export function uuid7() {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    counter = crypto.getRandomValues(new Uint16Array(1))[0] & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(lastMs / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

/**
 * "records": entries, or what is waiting, changed. "account": who is here changed. "shares": who can read may have changed.
 * "lock": the app was locked, or its lock changed. "unread": what lay here could not be opened any more. "cleared": what a guest
 * wrote here was removed.
 * @typedef {"records" | "account" | "shares" | "lock" | "unread" | "cleared"} News
 */

/** @param {News} what */
export function announce(what) {
  tellOthers(what)
  tell(what)
}

/** Where this page has done already what follows from it. @param {News} what */
export const tellOthers = (what) => channel.postMessage(what)

/** Calls `listener` at each piece of news; answers the function that stops it. @param {(what: string) => void} listener */
export function heard(listener) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** @param {string} what */
const tell = (what) => listeners.forEach((listener) => listener(what))
