/** What was written here before there was an account, and how it becomes an account's. */
import { openPlan } from "../accounts/account.js"
import { databaseOf, forget, remember } from "../base/database.js"
import { change, isOpen, Locked, opened, STORES } from "../vault/desk.js"
import { draftOf, keepDraft } from "./drafts.js"
import { keep, one } from "./store.js"

/** A patient has one plan, under the account's own id; a guest has none yet. */
const GUEST_PLAN = "guest-plan"

/** The id of the safety plan of an account, or of the guest. @param {string | null} accountId */
export const planIdOf = (accountId) => accountId ?? GUEST_PLAN

/** How many entries that is. */
export async function guestEntries() {
  const db = await databaseOf(null)
  return db.count("records")
}

/** Moves what the guest wrote to the account: there first, then away from here; a repeat is harmless. @param {string} accountId @param {boolean} isNew */
export async function adopt(accountId, isNew) {
  if (!(await isOpen())) throw new Locked("What was written here can't be read.")
  const guest = await databaseOf(null)
  const found = await Promise.all(STORES.map(async (store) => opened(guest, store, await guest.getAll(store))))
  const idOf = (/** @type {any} */ row) => row.record_id ?? row.id
  const db = await databaseOf(accountId)
  await change(db, async (desk) => {
    await desk.load("records", found.flat().map(idOf))
    await desk.load("notes", found.flat().map(idOf))
    const known = new Set([...desk.all("records"), ...desk.all("notes")].map(({ id }) => id))
    found.forEach((rows, i) => {
      for (const row of rows) if (!known.has(idOf(row)) && idOf(row) !== GUEST_PLAN) desk.put(STORES[i], row)
    })
  })
  await adoptPlan(guest, db, accountId, isNew)
  await forget(null)
  await remember(openPlan(null), undefined)
}

/**
 * A plan becomes one with the account's: every line stays. What may be read while locked was chosen of the guest's lines alone, so
 * where the account may have others it is chosen anew.
 * @param {any} guest @param {any} db @param {string} accountId @param {boolean} isNew
 */
async function adoptPlan(guest, db, accountId, isNew) {
  const [plan, half, mine] = await Promise.all([one(guest, GUEST_PLAN), draftOf(guest, GUEST_PLAN), one(db, accountId)])
  if (plan) {
    const { locked_too, ...lines } = plan.record.values
    /** @type {Record<string, any>} */
    const values = { ...mine?.record.values, ...(isNew && locked_too ? { locked_too } : {}) }
    for (const [part, told] of Object.entries(lines)) values[part] = [...new Set([...(values[part] ?? []), ...told])]
    await keep(db, plan.kind, accountId, values, plan.record.edited_at)
  }
  if (half && !(await draftOf(db, accountId))) await keepDraft(db, { ...half, id: accountId })
}
