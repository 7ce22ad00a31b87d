/** Sends what is waiting and fetches what is new. Knows no page: the worker runs this same file. */
import { call, Problem } from "../base/api.js"
import { announce, databaseOf, remembered } from "../base/database.js"
import { now } from "../base/time.js"
import { isOpen } from "../vault/desk.js"
import { nextBatch } from "./outbox.js"
import { settle, settleRestored } from "./settle.js"
import { inMemory } from "./store.js"

/** Held by whoever sends, and by a sign-in, so that nothing is sent under the next person's name. */
export const SEND_LOCK = "interlude-send"
const PAGE = 500

/**
 * Sends everything waiting for the account and pulls until there is no more. One sender at a time across tabs and worker.
 * Throws `Problem` or `Offline`; nothing waiting is lost by it. Answers false where this device no longer knows the account.
 * @param {string} accountId
 */
export function send(accountId) {
  return navigator.locks.request(SEND_LOCK, async () => {
    const who = await remembered("account")
    if (who?.id !== accountId || who.role !== "patient") return false
    const db = await databaseOf(accountId)
    if (await isOpen()) await exchange(db, accountId)
    else if (inMemory.has(db.name)) await (await import("./locked.js")).sendLocked(db, accountId)
    return true
  })
}

/** Says with each call whose entries these are: a cookie may have become somebody else's without this device knowing. @param {any} db @param {string} as */
async function exchange(db, as) {
  // It lies among what waits, since the lock was opened.
  inMemory.delete(db.name)
  let batch = await nextBatch(db, now())
  let restored = false
  for (;;) {
    const [since, history] = await Promise.all([db.get("meta", "since"), db.get("meta", "history")])
    let answer
    try {
      answer = await ask(as, since ?? 0, batch, history)
    } catch (fault) {
      if (restored || !(fault instanceof Problem) || fault.type !== "/problems/history-changed") throw fault
      restored = true
      await pullAll(db, as)
      announce("records")
      batch = await nextBatch(db, now())
      continue
    }
    const settled = await settle(db, answer)
    if (settled < answer.asked) throw new Error("The server's answer left out some of what was sent.")
    if (answer.results.length || answer.records.length) announce("records")
    batch = await nextBatch(db, now())
    if (!batch.length && !answer.more) return
  }
}

/** @param {any} db @param {string} as */
async function pullAll(db, as) {
  const found = []
  let answer = await ask(as, 0, [])
  found.push(...answer.records)
  while (answer.more) {
    answer = await ask(as, answer.revision, [], answer.history)
    found.push(...answer.records)
  }
  await settleRestored(db, found, answer)
}

/**
 * The server's answer to the changes, or to the first half of them where all are too much at once, or to the half of that; one
 * alone always fits. `asked` says how many it is about.
 * @param {string} as @param {number} since @param {unknown[]} changes @param {string} [history]
 */
export async function ask(as, since, changes, history) {
  for (let part = changes; ; part = part.slice(0, Math.ceil(part.length / 2))) {
    try {
      const answer = await call("POST", "/api/sync", { since, limit: PAGE, changes: part, ...(history ? { history } : {}) }, as)
      return { ...answer, asked: part.length }
    } catch (fault) {
      if (part.length < 2 || !(fault instanceof Problem) || fault.status !== 413) throw fault
    }
  }
}
