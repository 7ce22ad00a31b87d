/** Leaving: signing out, which asks about entries not yet sent, and erasing the account. */
import { call } from "../base/api.js"
import { faultWords, Field } from "../base/fault.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { sending, sendNow } from "../records/sending.js"
import { account, clearDevice } from "./account.js"
import { signOut } from "./enter.js"

export function Leave() {
  const [asks, setAsks] = useState(/** @type {"" | "unsent" | "erase"} */ (""))
  const [trouble, setTrouble] = useState("")
  const waiting = sending.value.waiting
  const out = async () => {
    try {
      await signOut()
      go("/")
    } catch (fault) {
      setTrouble(faultWords(fault, "You are still signed in"))
    }
  }
  return html`
    <section class="part">
      <h2>Leaving</h2>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      ${asks === "unsent" && waiting > 0
        ? html`
          <p role="alert">${waiting === 1 ? "One entry is" : `${waiting} entries are`} not yet sent. Signing out removes what is on this device, so ${waiting === 1 ? "it" : "they"} would be gone.</p>
          <div class="actions"><button class="button" type="button" onClick=${() => { sendNow(); setAsks("") }}>Stay, and send first</button>
            <button class="link" type="button" onClick=${out}>Sign out and remove ${waiting === 1 ? "it" : "them"}</button></div>`
        : html`
          <p class="soft small">Signing out removes what this device holds of the account. What was sent stays with the account.</p>
          <div class="actions"><button class="plain" type="button" onClick=${() => (waiting > 0 ? setAsks("unsent") : out())}>Sign out</button></div>`}
      ${asks === "erase" ? html`<${Erase} onLeave=${() => setAsks("")} />`
        : html`<p><button class="link" type="button" onClick=${() => setAsks("erase")}>Erase the account</button></p>`}
    </section>`
}

/** @param {{onLeave: () => void}} props */
function Erase({ onLeave }) {
  const [trouble, setTrouble] = useState("")
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    try {
      await call("DELETE", "/api/account", { password: String(new FormData(event.target).get("password")) })
      await clearDevice()
      go("/")
    } catch (fault) {
      setTrouble(words(fault))
    }
  }
  return html`
    <form onSubmit=${submit}>
      <p class="part">${account.value?.role === "patient"
        ? "Everything you wrote, here and on the server, is destroyed for good, and every share ends. Nobody can bring it back."
        : "Your account and your reading hours are destroyed for good, and you no longer see anything shared with you."}</p>
      <${Field} name="password" label="Your password" type="password" autocomplete="current-password" required fault=${trouble} />
      <div class="actions"><button class="button">Erase it for good</button>
        <button class="link" type="button" onClick=${onLeave}>Keep it</button></div>
    </form>`
}

/** @param {any} fault */
function words(fault) {
  if (fault.type === "/problems/wrong-credentials") return "That is not the password."
  if (fault.type === "/problems/after-session") return "In the six hours after a session erasing waits. It can be done later today."
  return faultWords(fault, "Nothing was erased")
}
