/** How far an asking that was just made has come: kept here, sent, or refused; and, once the server has it, whether anybody is told. */
import { journal, signedOut } from "../accounts/account.js"
import { call } from "../base/api.js"
import { heard } from "../base/database.js"
import { useEffect, useState } from "../base/ui.js"
import { one } from "../records/store.js"
import { isTold } from "./rules.js"

/** @typedef {"kept" | "signed_out" | "sent" | "told" | "nobody" | "refused"} Way "sent": whether anybody is told is not known yet */

const AGAIN_MS = 10_000

/** What became of one asking so far. @param {string} id nothing yet: "" @param {string} raised_at @returns {Way} */
export function useWay(id, raised_at) {
  const [way, setWay] = useState(/** @type {Way} */ ("kept"))
  useEffect(() => {
    setWay("kept")
    if (!id) return
    let isHere = true
    let isKnown = false
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer
    /** @param {Way} found */
    const say = (found) => void (isHere && !isKnown && setWay(found))
    const look = async () => {
      if (isKnown) return
      const come = await comeSoFar(id)
      say(come.way)
      if (come.way !== "sent") return
      // The server takes what is kept although nobody has a share for it any more: only an alert says that somebody is told.
      const answer = await call("GET", "/api/alerts").catch(() => null)
      clearTimeout(timer)
      if (!answer) timer = setTimeout(looked, AGAIN_MS)
      else say(isTold({ raised_at, received_at: come.received_at }, answer.items) ? "told" : "nobody")
      isKnown ||= Boolean(answer)
    }
    const looked = () => void (isHere && look().catch(console.info))
    looked()
    const stop = heard((what) => what === "records" && looked())
    return () => {
      isHere = false
      clearTimeout(timer)
      stop()
    }
  }, [id])
  return way === "kept" && signedOut.value ? "signed_out" : way
}

/** As it lies on this device; while locked it can't be read, but that it was sent stands outside. @param {string} id @returns {Promise<{way: Way, received_at?: string | null}>} */
async function comeSoFar(id) {
  const db = await journal()
  const row = await one(db, id)
  if (row) return { way: row.refused ? "refused" : row.waiting ? "kept" : "sent", received_at: row.base?.received_at }
  const boxed = await db.getAll("boxed")
  return { way: boxed.some((/** @type {any} */ lying) => lying.store === "outbox" && lying.record_id === id && lying.is_sent) ? "sent" : "kept" }
}
