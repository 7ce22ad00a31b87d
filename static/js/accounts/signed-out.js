/** The server no longer knows this device: what that means for what is seen, and the two ways on. */
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { sending } from "../records/sending.js"
import { signOut } from "./enter.js"
import { tell } from "./told.js"

export function SignedOut() {
  const [asks, setAsks] = useState(false)
  const [trouble, setTrouble] = useState("")
  const waiting = sending.value.waiting
  const clear = async () => {
    try {
      tell(await signOut(), "/")
      go("/")
    } catch (fault) {
      setTrouble(faultWords(fault, "The device was not cleared"))
    }
  }
  return html`
    <div class="notice">
      <p role="status">This device is signed out; what you see is kept on this device.${waiting > 0 ? ` ${waiting} not yet sent.` : ""}</p>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      ${asks
        ? html`
          <p role="alert">Clearing removes all of this account from this device${waiting > 0 ? ", what is not yet sent too" : ""}.</p>
          <div class="actions"><button class="plain" type="button" onClick=${() => setAsks(false)}>Keep it</button>
            <button class="link" type="button" onClick=${clear}>Clear it now</button></div>`
        : html`
          <div class="actions"><a href="#/sign-in">Sign in again${waiting > 0 ? " to send" : ""}</a>
            <button class="link" type="button" onClick=${() => setAsks(true)}>Clear this device</button></div>`}
    </div>`
}
