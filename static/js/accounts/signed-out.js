/** The server no longer knows this device: what that means for what is seen, and the two ways on. */
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { sending } from "../records/sending.js"
import { signOut } from "./enter.js"
import { tell } from "./told.js"
import { words } from "./words.js"

export function SignedOut() {
  const [asks, setAsks] = useState(false)
  const [trouble, setTrouble] = useState("")
  const waiting = sending.value.waiting
  const clear = async () => {
    try {
      tell(await signOut(), "/")
      go("/")
    } catch (fault) {
      setTrouble(faultWords(fault, words.out.not_cleared))
    }
  }
  return html`
    <div class="notice">
      <p role="status">${words.out.is_out}${waiting > 0 ? ` ${words.out.waiting(waiting)}` : ""}</p>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      ${asks
        ? html`
          <p role="alert">${words.out.clearing(waiting > 0)}</p>
          <div key="asks" class="actions"><button class="plain" type="button" onClick=${() => setAsks(false)}>${words.keep_it}</button>
            <button class="link" type="button" onClick=${clear}>${words.out.clear_now}</button></div>`
        : html`
          <div class="actions"><a href="#/sign-in">${waiting > 0 ? words.out.again_to_send : words.sign_in_again}</a>
            <button class="link" type="button" onClick=${() => setAsks(true)}>${words.out.clear}</button></div>`}
    </div>`
}
