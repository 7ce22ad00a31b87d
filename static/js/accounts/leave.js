/** Leaving: signing out, which asks about entries not yet sent, and erasing the account. */
import { call, Offline } from "../base/api.js"
import { faultWords, toFault } from "../base/fault.js"
import { go, route } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { hasDraft, pathOfDraft } from "../records/drafts.js"
import { sending, sendNow } from "../records/sending.js"
import { SEND_LOCK } from "../records/sync.js"
import { account, clearDevice, journal } from "./account.js"
import { signOut } from "./enter.js"
import { Password } from "./password.js"
import { tell } from "./told.js"
import { words } from "./words.js"

export function Leave() {
  const [erases, setErases] = useState(false)
  return html`
    <section class="part">
      <h2>${words.leaving.title}</h2>
      <${SignOut} to="/" />
      ${erases ? html`<${Erase} onLeave=${() => setErases(false)} />`
        : html`<p><button class="link" type="button" onClick=${() => setErases(true)}>${words.leaving.erase}</button></p>`}
    </section>`
}

/** @param {{to?: string, onLeaving?: () => void}} props where the way goes on; without it, here */
export function SignOut({ to, onLeaving }) {
  const [asks, setAsks] = useState(false)
  const [trouble, setTrouble] = useState("")
  const [half, setHalf] = useState("")
  const leave = async () => {
    const db = await journal()
    const found = (await hasDraft(db)) ? await pathOfDraft(db) : ""
    setHalf(found)
    if (found || sending.value.waiting > 0) setAsks(true)
    else out()
  }
  const out = async () => {
    try {
      onLeaving?.()
      tell(await signOut(), to ?? route.peek().path)
      if (to) go(to)
    } catch (fault) {
      setTrouble(faultWords(fault, words.leaving.still_in))
    }
  }
  return html`
    ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
    ${asks ? html`<${Unsent} half=${half} onStay=${() => { sendNow(); setAsks(false) }} onLeave=${out} />`
      : html`
        <p class="soft small">${words.leaving.about}</p>
        <div class="actions"><button class="plain" type="button" onClick=${leave}>${words.sign_out}</button></div>`}`
}

/** The buttons keep their places and their meaning when the send ends meanwhile. @param {{half: string, onStay: () => void, onLeave: () => void}} props `half`: the path to what is half written, if anything is */
function Unsent({ half, onStay, onLeave }) {
  const waiting = sending.value.waiting
  const said = words.leaving
  const things = waiting + Number(Boolean(half))
  const what = [waiting && said.unsent(waiting), half && said.draft].filter(Boolean).join(" ")
  return html`
    <p role="alert">${what ? `${what} ${said.gone(things)}` : said.all_sent}</p>
    ${half && html`<p><a href=${`#${half}`}>${said.to_draft}</a></p>`}
    <div class="actions"><button class="button" type="button" onClick=${onStay}>${waiting > 0 ? said.stay_and_send : said.stay}</button>
      <button class="link" type="button" onClick=${onLeave}>${what ? said.out_and_remove(things) : words.sign_out}</button></div>`
}

/** @param {{onLeave: () => void}} props */
function Erase({ onLeave }) {
  const [trouble, setTrouble] = useState("")
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    try {
      await call("DELETE", "/api/account", { password: String(new FormData(event.target).get("password")) })
      // Nothing that is being sent may open the account's database again. What can't be cleared now is at the next start.
      await navigator.locks.request(SEND_LOCK, clearDevice).catch(() => undefined)
      tell(words.leaving.erased, "/")
      go("/")
    } catch (fault) {
      setTrouble(whyNot(fault))
      toFault()
    }
  }
  return html`
    <form onSubmit=${submit}>
      <p class="part" role="alert">${account.value?.role === "patient"
        ? words.leaving.erase_patient : words.leaving.erase_therapist}</p>
      <${Password} label=${words.leaving.your_password} autocomplete="current-password" fault=${trouble} />
      <div class="actions"><button class="button">${words.leaving.erase_now}</button>
        <button class="link" type="button" onClick=${onLeave}>${words.keep_it}</button></div>
    </form>`
}

/** @param {any} fault */
function whyNot(fault) {
  if (fault.type === "/problems/wrong-credentials") return words.leaving.wrong_password
  if (fault.type === "/problems/after-session") return words.leaving.after_session
  if (fault instanceof Offline) return words.leaving.unknown
  return faultWords(fault, words.leaving.not_erased)
}
