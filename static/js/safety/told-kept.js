/** Alerts as they were last answered, sealed on this device, and what of them their person has read. */
import { journal } from "../accounts/account.js"
import { changeNote, noteOf } from "../records/notes.js"

const KEPT = "alerts"
const MOST = 5
/** More than became of the newest. */
const MOST_READ = 20

/** The newest; without an answer those kept before. @param {any[]} [answered] @returns {Promise<any[]>} */
export async function keptAlerts(answered) {
  const db = await journal()
  if (!answered) return (await noteOf(db, KEPT))?.items ?? []
  const items = answered.slice(0, MOST)
  await changeNote(db, KEPT, (note) => ({ ...note, items }))
  return items
}

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
