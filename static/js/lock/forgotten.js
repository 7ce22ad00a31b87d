/** What is on this device goes: the plain way out of a lock that nobody can open, after which what was sent is fetched again. */
import { account, journal } from "../accounts/account.js"
import { signOut } from "../accounts/enter.js"
import { tell } from "../accounts/told.js"
import { announce, databaseOf } from "../base/database.js"
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { hasDraft } from "../records/drafts.js"
import { unsent } from "../records/store.js"
import { dropKeys } from "./protect.js"
import { words } from "./words.js"

const said = words.way_out

/** @param {{kind: "pin" | "passkey" | "device", onLeave: () => void}} props "device": nothing locks it, or it is open */
export function Forgotten({ kind, onLeave }) {
  const [lost, setLost] = useState(/** @type {{entries: number, isDraft: boolean} | null} */ (null))
  const [trouble, setTrouble] = useState("")
  const [isBusy, setBusy] = useState(false)
  useEffect(() => void whatIsLost().then(setLost), [])
  if (!lost) return null
  const { entries, isDraft } = lost
  const hasAccount = Boolean(account.value)
  const remove = async () => {
    setBusy(true)
    try {
      // Before anything goes: whoever takes the lock away this way must not find the sign-in open behind it.
      if (hasAccount) await signOut()
      await dropKeys()
      announce("cleared")
      tell(hasAccount ? said.done_account : kind === "device" ? said.done : said.done_guest, "/")
      go("/", { replace: true })
    } catch (fault) {
      setTrouble(faultWords(fault, said.not_done))
      setBusy(false)
    }
  }
  return html`
    <div class="answers">
      ${kind !== "device" && html`<p>${said.nobody[kind]}</p>`}
      ${hasAccount && html`<p>${said.again}</p>`}
      <p>${entries ? said.lost(entries) : hasAccount ? said.none_lost : said.nothing_here}${isDraft ? ` ${said.draft}` : ""}</p>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <button class="button" type="button" onClick=${onLeave}>${kind === "device" ? said.keep : said.back}</button>
      <button class="link" type="button" disabled=${isBusy} onClick=${remove}>${said.remove}</button>
    </div>`
}

/** What is on this device alone; known without reading it. */
async function whatIsLost() {
  const guest = await databaseOf(null)
  const all = account.peek() ? [guest, await journal()] : [guest]
  const found = await Promise.all(all.map(async (db) => ({ ...(await unsent(db)), isDraft: await hasDraft(db) })))
  return { entries: found.reduce((sum, { waiting }) => sum + waiting, 0), isDraft: found.some(({ isDraft }) => isDraft) }
}
