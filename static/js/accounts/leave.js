/** Leaving: signing out, which asks about entries not yet sent, and erasing the account. */
import { call, Offline } from "../base/api.js"
import { faultWords, Field } from "../base/fault.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { hasDraft } from "../records/drafts.js"
import { sending, sendNow } from "../records/sending.js"
import { account, clearDevice, journal } from "./account.js"
import { signOut } from "./enter.js"
import { tell } from "./told.js"

export function Leave() {
  const [asks, setAsks] = useState(/** @type {"" | "unsent" | "erase"} */ (""))
  const [trouble, setTrouble] = useState("")
  const [isDraft, setDraft] = useState(false)
  const leave = async () => {
    const half = await hasDraft(await journal())
    setDraft(half)
    if (half || sending.value.waiting > 0) setAsks("unsent")
    else out()
  }
  const out = async () => {
    try {
      tell(await signOut(), "/")
      go("/")
    } catch (fault) {
      setTrouble(faultWords(fault, "You are still signed in"))
    }
  }
  return html`
    <section class="part">
      <h2>Leaving</h2>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      ${asks === "unsent" ? html`<${Unsent} isDraft=${isDraft} onStay=${() => { sendNow(); setAsks("") }} onLeave=${out} />`
        : html`
          <p class="soft small">Signing out removes what this device holds of the account. What was sent stays with the account.</p>
          <div class="actions"><button class="plain" type="button" onClick=${leave}>Sign out</button></div>`}
      ${asks === "erase" ? html`<${Erase} onLeave=${() => setAsks("")} />`
        : html`<p><button class="link" type="button" onClick=${() => setAsks("erase")}>Erase the account</button></p>`}
    </section>`
}

/** The buttons keep their places and their meaning when the send ends meanwhile. @param {{isDraft: boolean, onStay: () => void, onLeave: () => void}} props */
function Unsent({ isDraft, onStay, onLeave }) {
  const waiting = sending.value.waiting
  const what = [waiting === 1 ? "One entry is not yet sent." : waiting && `${waiting} entries are not yet sent.`,
    isDraft && "What is half written stands on this device only."].filter(Boolean).join(" ")
  const [they, them] = waiting + Number(isDraft) === 1 ? ["it", "it"] : ["they", "them"]
  return html`
    <p role="alert">${what ? `${what} Signing out removes what is on this device, so ${they} would be gone.` : "Everything is sent now."}</p>
    ${isDraft && html`<p><a href="#/">Go to what is half written</a></p>`}
    <div class="actions"><button class="button" type="button" onClick=${onStay}>${waiting > 0 ? "Stay, and send first" : "Stay"}</button>
      <button class="link" type="button" onClick=${onLeave}>${what ? `Sign out and remove ${them}` : "Sign out"}</button></div>`
}

/** @param {{onLeave: () => void}} props */
function Erase({ onLeave }) {
  const [trouble, setTrouble] = useState("")
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    try {
      await call("DELETE", "/api/account", { password: String(new FormData(event.target).get("password")) })
      await clearDevice()
      tell("Your account is erased, and nothing of it is left on this device.", "/")
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
  if (fault instanceof Offline) return "There was no answer, so this device does not know whether it was erased. Try again in a moment."
  return faultWords(fault, "Nothing was erased")
}
