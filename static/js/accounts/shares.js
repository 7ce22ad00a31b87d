/** With whom this account is shared, each to be ended from here. */
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { announce } from "../base/database.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { words } from "./words.js"

const said = words.who

/** @param {{shares: any[] | null, fault: unknown, onEnded: () => Promise<void>}} props null while they are not known */
export function Shares({ shares, fault, onEnded }) {
  const [trouble, setTrouble] = useState("")
  const end = async (/** @type {string} */ id) => {
    try {
      await call("DELETE", `/api/consents/${id}`)
      setTrouble("")
    } catch (wrong) {
      setTrouble(faultWords(wrong, said.share_stays))
    }
    announce("shares")
    await onEnded()
  }
  return html`
    <section class="part">
      <h2>${said.shares}</h2>
      ${fault && html`<p class="soft small">${faultWords(fault, said.no_shares)}</p>`}
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      ${shares?.length === 0 && html`<p>${said.nobody}</p>`}
      <ul class="rows">${(shares ?? []).map((share) => html`
        <li key=${share.id}>
          <span>${share.therapist_name ?? said.unnamed}<br /><span class="soft small">${about(share)}</span></span>
          <button class="link" type="button" aria-label=${`${said.end_share}: ${share.therapist_name ?? said.unnamed}`} onClick=${() => end(share.id)}>${said.end_share}</button>
        </li>`)}</ul>
    </section>`
}

/** "as your therapist, name not checked by anyone, until 21 February". @param {any} share */
const about = (share) =>
  [said.as[share.as], share.therapist_name && said.unchecked, said.until(dayWords(wall(share.expires_at, hereZone()).day))].filter(Boolean).join(", ")
