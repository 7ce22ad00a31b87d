/** Sends what was written in this page while locked, from memory: what lies on disk can't be read before the next unlock. */
import { announce, STRICT } from "../base/database.js"
import { wireOf } from "./outbox.js"
import { inMemory } from "./store.js"
import { ask } from "./sync.js"

const AT_ONCE = 100

/** What comes back, and what is refused, waits for an unlock; then all of it is sent once more, which is harmless. @param {any} db @param {string} as */
export async function sendLocked(db, as) {
  for (let left = inMemory.get(db.name) ?? []; left.length; left = inMemory.get(db.name) ?? []) {
    const { results, asked } = await ask(as, (await db.get("meta", "since")) ?? 0, left.slice(0, AT_ONCE).map(wireOf))
    if (results.length < asked) throw new Error("The server's answer left out some of what was sent.")
    await markSent(db, results.filter((/** @type {any} */ result) => result.outcome !== "refused"))
    // Somebody may have written meanwhile.
    const sent = left.slice(0, asked)
    inMemory.set(db.name, (inMemory.get(db.name) ?? []).filter((change) => !sent.includes(change)))
    announce("records")
  }
}

/** @param {any} db @param {{id: string}[]} results */
async function markSent(db, results) {
  const tx = db.transaction("boxed", "readwrite", STRICT)
  for (const { id } of results) {
    const one = await tx.store.get(["outbox", id])
    if (one) tx.store.put({ ...one, is_sent: true })
  }
  await tx.done
}
