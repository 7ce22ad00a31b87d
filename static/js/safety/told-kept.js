/** Alerts as they were last answered, sealed on this device, and what of them their person has read. */
import { account, journal, locked } from "../accounts/account.js"
import { call } from "../base/api.js"
import { now } from "../base/time.js"
import { changeNote, noteOf } from "../records/notes.js"
import { all } from "../records/store.js"
import { newsFrom, untoldOf } from "./rules.js"

const KEPT = "alerts"
const MOST = 5
/** More than became of the newest. */
const MOST_READ = 20

/**
 * The newest as the server says now, with the askings that nobody was told of; without an answer those kept before. What was asked is
 * read before the server is: taken by it in between, it would look as if nobody was told. Null once somebody else is here.
 * @param {number} [limit] @returns {Promise<{items: any[], isFresh: boolean, isOnItsWay: boolean} | null>} the last: something asked is yet to be sent
 */
export async function alertsNow(limit = 100) {
  const [who, isShut] = [account.peek(), locked.peek()]
  const asked = await askings()
  const answer = await call("GET", `/api/alerts?limit=${limit}`).catch(() => null)
  if (account.peek() !== who || locked.peek() !== isShut) return null
  return { items: await keptAlerts(answer, asked), isFresh: Boolean(answer), isOnItsWay: asked.some(isWaiting) }
}

/**
 * Those kept before, once `answer` was put in their place, if there is one.
 * @param {{items: any[], next: string | null} | null} [answer] @param {import("../records/store.js").Row[]} [asked] before it
 * @returns {Promise<any[]>}
 */
export async function keptAlerts(answer, asked = []) {
  const db = await journal()
  if (!answer) return (await noteOf(db, KEPT))?.items ?? []
  const since = (/** @type {any} */ one) => one.untold_at ?? one.raised_at
  const items = [...answer.items, ...untoldOf(asked, answer)].toSorted((one, other) => (since(one) < since(other) ? 1 : -1)).slice(0, MOST)
  await changeNote(db, KEPT, (note) => (note || items.length ? { ...note, items } : note))
  return items
}

/** Whether something that was asked is yet to be sent. */
export const isOnItsWay = async () => (await askings()).some(isWaiting)

const askings = async () => all(await journal(), "help_request", newsFrom(now()))

/** @param {import("../records/store.js").Row} row */
const isWaiting = ({ waiting, refused }) => Boolean(waiting && !refused)

/** What became of each as it was last read. @returns {Promise<string[]>} */
export const readSoFar = async () => (await noteOf(await journal(), KEPT))?.read ?? []

/** Beside what was read in another tab, which may have known more. @param {string[]} read */
export async function noteRead(read) {
  await changeNote(await journal(), KEPT, (note) => {
    const before = note?.read ?? []
    const more = read.filter((fate) => fate && !before.includes(fate))
    return note && more.length ? { ...note, read: [...before, ...more].slice(-MOST_READ) } : note
  })
}
