/** The records of a kind, for a page that shows them: read from this device, and again when they change. */
import { account, journal } from "../accounts/account.js"
import { heard } from "../base/database.js"
import { useEffect, useState } from "../base/ui.js"
import { all } from "./store.js"

/**
 * Newest first; null until the first read is done.
 * @param {string} kind @param {string} [from] the earliest instant; all when left out @returns {import("./store.js").Row[] | null}
 */
export function useRows(kind, from = "") {
  const [rows, setRows] = useState(/** @type {import("./store.js").Row[] | null} */ (null))
  const who = account.value?.id
  useEffect(() => {
    let isHere = true
    const read = async () => {
      const found = await all(await journal(), kind, from)
      if (isHere) setRows(found)
    }
    read()
    const stop = heard((what) => what === "records" && read())
    return () => {
      isHere = false
      stop()
    }
  }, [kind, from, who])
  return rows
}
