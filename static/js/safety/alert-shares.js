/** Under which shares somebody is alerted: as last known here, and then as the server says. */
import { account } from "../accounts/account.js"
import { lastShares, rememberShares } from "../accounts/open-shares.js"
import { call } from "../base/api.js"
import { useEffect, useState } from "../base/ui.js"
import { alerting } from "./rules.js"

/** @typedef {import("../accounts/rules.js").Share} Share */

/** Undefined where it is not known. @param {unknown} turn asks anew when it changes: a share may have ended since @returns {Share[] | undefined} */
export function useAlertShares(turn) {
  const [shares, setShares] = useState(/** @type {Share[] | undefined} */ (undefined))
  const who = account.value
  useEffect(() => {
    let isHere = true
    const say = (/** @type {Share[] | undefined} */ found) => void (isHere && found && setShares(alerting(found)))
    const ask = async () => {
      say(await lastShares())
      if (who?.role !== "patient") return
      const consents = await call("GET", "/api/consents")
      if (isHere) say(await rememberShares(who.id, consents))
    }
    ask().catch(console.info) // without an answer what was last known stands
    return () => void (isHere = false)
  }, [who?.id, turn])
  return shares
}
