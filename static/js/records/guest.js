/** What was written here before there was an account, and how it becomes an account's. */
import { databaseOf, forget } from "../base/database.js"
import { change, isOpen, Locked, opened, STORES } from "../vault/desk.js"

/** How many entries that is. */
export async function guestEntries() {
  const db = await databaseOf(null)
  return db.count("records")
}

/** Moves what the guest wrote to the account: there first, then away from here; a repeat is harmless. @param {string} accountId */
export async function adopt(accountId) {
  if (!(await isOpen())) throw new Locked("What was written here can't be read.")
  const guest = await databaseOf(null)
  const found = await Promise.all(STORES.map(async (store) => opened(guest, store, await guest.getAll(store))))
  await change(await databaseOf(accountId), async (desk) => {
    const idOf = (/** @type {any} */ row) => row.record_id ?? row.id
    await desk.load("records", found.flat().map(idOf))
    const known = new Set(desk.all("records").map(({ id }) => id))
    found.forEach((rows, i) => {
      for (const row of rows) if (!known.has(idOf(row))) desk.put(STORES[i], row)
    })
  })
  await forget(null)
}
