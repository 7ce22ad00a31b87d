/** The registration page. */
import { Problem } from "../base/api.js"
import { faultOf, faultWords, Field } from "../base/fault.js"
import { go, route } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { guestEntries, register } from "./enter.js"
import { homeOf, mayGo, passwordFault } from "./rules.js"

export default function Register() {
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [weak, setWeak] = useState("")
  const [busy, setBusy] = useState(false)
  const [guests, setGuests] = useState(0)
  useEffect(() => void guestEntries().then(setGuests), [])
  const next = route.value.query.get("next")

  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    const form = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    const wrong = passwordFault(form.password)
    setWeak(wrong)
    if (wrong) return document.getElementById("password")?.focus()
    setBusy(true)
    setFault(null)
    try {
      const who = await register({ email: form.email.trim(), password: form.password, role: form.role, name: form.name.trim() })
      go(mayGo(next) ?? homeOf(who), { replace: true })
    } catch (refused) {
      setFault(refused)
      setBusy(false)
    }
  }

  const isTaken = fault instanceof Problem && fault.type === "/problems/address-taken"
  const beside = ["email", "password", "name"].some((name) => faultOf(fault, name)) || isTaken
  return html`
    <h1>Make an account</h1>
    <p class="lead">So that your entries are also kept safe elsewhere, you can be reminded, and you can share them if you choose to.</p>
    ${guests > 0 && html`<p class="notice">${guests === 1 ? "The entry" : `The ${guests} entries`} already on this device will be added to it.</p>`}
    <form onSubmit=${submit}>
      <fieldset class="field choices">
        <legend>I am here</legend>
        <label><input type="radio" name="role" value="patient" checked=${!next?.startsWith("/invitation")} required /><span>to keep a journal</span></label>
        <label><input type="radio" name="role" value="therapist" checked=${next?.startsWith("/invitation")} /><span>as a therapist or prescriber</span></label>
      </fieldset>
      <${Field} name="name" label="Name" autocomplete="name" required maxlength="100" fault=${faultOf(fault, "name")}
        hint="As the other side will see it; initials are enough" />
      <${Field} name="email" label="E-mail" type="email" autocomplete="username" required
        fault=${isTaken ? "There is an account with this address already. Sign in instead." : faultOf(fault, "email")} />
      <${Field} name="password" label="Password" type="password" autocomplete="new-password" required
        fault=${weak || faultOf(fault, "password")}
        hint="15 characters or more; four or five words you will remember are good. Pasting works." />
      <div class="choices part"><label><input type="checkbox" name="adult" required /><span>I am 18 or older</span></label></div>
      <p class="small soft part">This is a diary, not a device that monitors, diagnoses or treats. It is not an emergency service, and nobody watches it in real time.</p>
      ${fault && !beside && html`<p class="fault part" role="alert">${faultWords(fault, "The account was not made")}</p>`}
      <div class="actions"><button class="button" disabled=${busy}>${busy ? "Making it" : "Make the account"}</button>
        <a href=${`#/sign-in${next ? `?next=${encodeURIComponent(next)}` : ""}`}>I have one: sign in</a></div>
    </form>`
}
