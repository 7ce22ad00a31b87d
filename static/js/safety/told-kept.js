/** Alerts as they were last answered, sealed on this device, and what of them their person has read. */
import { journal } from "../accounts/account.js"
import { keepNote, noteOf } from "../records/notes.js"

const KEPT = "alerts"
const MOST = 5

/** The newest; without an answer those kept before. @param {any[]} [answered] @returns {Promise<any[]>} */
export async function keptAlerts(answered) {
  const db = await journal()
  if (!answered) return (await noteOf(db, KEPT))?.items ?? []
  const items = answered.slice(0, MOST)
  await keepNote(db, { ...(await noteOf(db, KEPT)), id: KEPT, items })
  return items
}

/** What became of each as it was last read. @returns {Promise<string[]>} */
export const readSoFar = async () => (await noteOf(await journal(), KEPT))?.read ?? []

/** @param {string[]} read */
export async function noteRead(read) {
  const db = await journal()
  const note = await noteOf(db, KEPT)
  if (note && JSON.stringify(note.read) !== JSON.stringify(read)) await keepNote(db, { ...note, read })
}
