/** Rows that a device kept before there was a vault, sealed where they lie. */
import { STRICT } from "../base/database.js"
import { lyingOf, STORES } from "./desk.js"

const AT_ONCE = 200

/**
 * Seals every row that lies open, some at a time, each batch in one transaction: whoever ends it half-way loses nothing, and it
 * goes on at the next start. Where the disk is full it stays as it is until there is room.
 * @param {any} db @param {CryptoKey} key
 */
export async function sealAll(db, key) {
  try {
    for (const store of STORES) {
      const ids = await db.getAllKeys(store)
      for (let i = 0; i < ids.length; i += AT_ONCE) await sealSome(db, key, store, ids.slice(i, i + AT_ONCE))
    }
    const tx = db.transaction("meta", "readwrite", STRICT)
    tx.store.put(true, "sealed")
    await tx.done
  } catch (fault) {
    if (/** @type {any} */ (fault).name !== "QuotaExceededError") throw fault
  }
}

/** @param {any} db @param {CryptoKey} key @param {import("./desk.js").Store} store @param {string[]} ids */
async function sealSome(db, key, store, ids) {
  const rows = await db.getAll(store, IDBKeyRange.bound(ids[0], ids.at(-1)))
  const sealed = await Promise.all(rows.filter((/** @type {any} */ row) => !row.sealed).map((/** @type {any} */ row) => lyingOf(db, key, store, row)))
  const tx = db.transaction(store, "readwrite", STRICT)
  const now = await Promise.all(sealed.map(({ id }) => tx.store.get(id)))
  // An open row is never written over but by this: if it still lies open, it is the one that was read.
  const orders = sealed.filter((_, i) => now[i] && !now[i].sealed).map((row) => tx.store.put(row))
  await Promise.all([...orders, tx.done])
}
