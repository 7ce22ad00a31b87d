/** E-mail and name of whoever is here: sealed with what they write, and known only while that can be read. */
import { call } from "../base/api.js"
import { databaseOf } from "../base/database.js"
import { useEffect, useState } from "../base/ui.js"
import { keepNote, noteOf } from "../records/notes.js"
import { account, journal } from "./account.js"

const WHO = "who"

/** @typedef {{email?: string, name?: string}} Who */

/** @param {{id: string, email: string, name: string}} who */
export const keepWho = async ({ id, email, name }) => keepNote(await databaseOf(id), { id: WHO, email, name })

/** Null until it was looked for; empty where it is not known. */
export function useWho() {
  const [who, setWho] = useState(/** @type {Who | null} */ (null))
  const here = account.value
  useEffect(() => {
    let isHere = true
    read().catch(() => ({})).then((found) => isHere && setWho(found))
    return () => void (isHere = false)
  }, [here])
  return who
}

/** A device that could not seal it when it came asks the server. @returns {Promise<Who>} */
async function read() {
  if (!account.peek()) return {}
  const kept = await noteOf(await journal(), WHO)
  if (kept) return kept
  const asked = await call("GET", "/api/account")
  await keepWho(asked)
  return asked
}
