/** How far an asking that was just made has come: kept here, sent, or refused. */
import { journal, signedOut } from "../accounts/account.js"
import { heard } from "../base/database.js"
import { useEffect, useState } from "../base/ui.js"
import { one } from "../records/store.js"

/** @typedef {"kept" | "signed_out" | "sent" | "refused"} Way */

/** What became of one record so far; while locked it can't be read, and was kept. @param {string} id nothing yet: "" @returns {Way} */
export function useWay(id) {
  const [way, setWay] = useState(/** @type {Way} */ ("kept"))
  useEffect(() => {
    if (!id) return setWay("kept")
    let isHere = true
    const look = async () => {
      const row = await one(await journal(), id)
      if (isHere && row) setWay(row.refused ? "refused" : row.waiting ? "kept" : "sent")
    }
    const looked = () => void look().catch(console.info)
    looked()
    const stop = heard((what) => what === "records" && looked())
    return () => {
      isHere = false
      stop()
    }
  }, [id])
  return way === "kept" && signedOut.value ? "signed_out" : way
}
