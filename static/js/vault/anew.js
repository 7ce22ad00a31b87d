/** A database whose key can't be opened any more: somebody emptied the device's own database, and the root key went with it. */
import { announce, remembered, STRICT } from "../base/database.js"
import { STORES } from "./desk.js"
import { isSameSeal, openDataKey, VAULT, wrappedDataKey } from "./keys.js"

/**
 * Where no key of this device opens the database, it begins anew under one that does: nothing could ever read what lies there,
 * and what was sent is fetched again. How much that was is noted as `unread`, until somebody has read of it.
 * @param {any} db @param {import("./keys.js").Ring} open with the root key
 */
export function beginAnew(db, { vault, root }) {
  return navigator.locks.request(VAULT, async () => {
    const now = await remembered(VAULT)
    const wrapped = await db.get("meta", "key")
    // Only what is known to be so: the root key is the one this device has, and it is not that of the database.
    if (!root || !now || !isSameSeal(new Uint8Array(now.root), new Uint8Array(vault.root))) return
    if (await opens(db, root, wrapped)) return
    const mine = await wrappedDataKey(db, root)
    const stores = [...STORES, "boxed"]
    const tx = db.transaction([...stores, "meta"], "readwrite", STRICT)
    const [records, queued, boxed] = await Promise.all(["records", "outbox", "boxed"].map((store) => tx.objectStore(store).getAll()))
    const waiting = [...queued, ...boxed.filter((/** @type {any} */ one) => one.store === "outbox")]
    const unsent = new Set(waiting.map((/** @type {any} */ one) => one.record_id)).size
    for (const store of stores) tx.objectStore(store).clear()
    const meta = tx.objectStore("meta")
    for (const name of ["since", "history"]) meta.delete(name)
    meta.put(mine, "key")
    meta.put(true, "sealed")
    if (records.length || unsent) meta.put({ unsent }, "unread")
    await tx.done
    announce("unread")
  })
}

/** @param {any} db @param {CryptoKey} root @param {import("./keys.js").Bytes} wrapped */
const opens = (db, root, wrapped) =>
  openDataKey(db, root, wrapped).then(() => true, (fault) => {
    if (fault.name !== "OperationError") throw fault
    return false
  })
