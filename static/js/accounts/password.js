/** A password that can be looked at while it is typed: with no way to recover one, a slip of the thumb would keep somebody out. */
import { call } from "../base/api.js"
import { Field, faultWords, toFault } from "../base/fault.js"
import { html, useEffect, useState } from "../base/ui.js"
import { words } from "./words.js"

/** @param {{label?: string, autocomplete: "new-password" | "current-password", [more: string]: any}} props as of a field */
export function Password({ label = words.password, ...field }) {
  const [isShown, show] = useState(false)
  const said = isShown ? words.hide : words.show
  // No keyboard and no spelling service is to learn it while it can be read.
  return html`
    <${Field} name="password" label=${label} type=${isShown ? "text" : "password"} spellcheck=${false} autocapitalize="none" required ...${field}
      beside=${html`<button class="link" type="button" aria-controls="password" onClick=${() => show(!isShown)}>${said.word}<span class="unseen"> ${said.what}</span></button>`} />`
}

/** Saying the password again, where the server asks for a proof before it opens more. @param {{lead?: string, onProved: () => unknown, onLeave: () => void}} props */
export function Prove({ lead = words.prove.lead, onProved, onLeave }) {
  const [trouble, setTrouble] = useState("")
  const [busy, setBusy] = useState(false)
  useEffect(() => document.getElementById("password")?.focus(), [])
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    setBusy(true)
    try {
      await call("POST", "/api/step-ups", { password: String(new FormData(event.target).get("password")) })
    } catch (/** @type {any} */ fault) {
      setTrouble(fault?.type === "/problems/wrong-credentials" ? words.leaving.wrong_password : faultWords(fault, words.prove.not))
      setBusy(false)
      return toFault()
    }
    onProved()
  }
  return html`
    <form autocomplete="on" onSubmit=${submit}>
      <p class="part" role="alert">${lead}</p>
      <${Password} label=${words.leaving.your_password} autocomplete="current-password" fault=${trouble} />
      <div class="actions"><button class="button" disabled=${busy}>${words.go_on}</button>
        <button class="link" type="button" onClick=${onLeave}>${words.prove.leave}</button></div>
    </form>`
}
