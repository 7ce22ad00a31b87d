/** The registration page. */
import { Problem } from "../base/api.js"
import { faultOf, faultWords, Field } from "../base/fault.js"
import { go, route } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { guestEntries } from "../records/guest.js"
import { register } from "./enter.js"
import { homeOf, mayGo, registrationFaults } from "./rules.js"
import { tell } from "./told.js"

export default function Register() {
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}))
  const [busy, setBusy] = useState(false)
  const [guests, setGuests] = useState(0)
  useEffect(() => void guestEntries().then(setGuests), [])
  const next = route.value.query.get("next")

  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    const form = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    const faults = /** @type {Record<string, string>} */ (registrationFaults(form))
    setMissing(faults)
    setFault(null)
    const first = Object.keys(faults).find((name) => faults[name])
    if (first) return document.getElementById(first)?.focus()
    setBusy(true)
    try {
      const added = form.role === "patient" ? await guestEntries() : 0
      const who = await register({ email: form.email.trim(), password: form.password, role: form.role, name: form.name.trim(), adult: true })
      const place = mayGo(next) ?? homeOf(who)
      tell(`Your account is made.${addedWords(added)}`, place)
      go(place, { replace: true })
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
    <form onSubmit=${submit} novalidate>
      <fieldset class="field choices">
        <legend>I am here</legend>
        <label><input type="radio" name="role" value="patient" checked=${!next?.startsWith("/invitation")} required /><span>to keep a journal</span></label>
        <label><input type="radio" name="role" value="therapist" checked=${next?.startsWith("/invitation")} /><span>as a therapist or prescriber</span></label>
      </fieldset>
      <${Field} name="name" label="Name" autocomplete="name" required maxlength="100" fault=${missing.name || faultOf(fault, "name")}
        hint="As the other side will see it; initials are enough" />
      <${Field} name="email" label="E-mail" type="email" autocomplete="username" required
        fault=${isTaken ? "There is an account with this address already. Sign in instead." : missing.email || faultOf(fault, "email")} />
      <${Field} name="password" label="Password" type="password" autocomplete="new-password" required
        fault=${missing.password || faultOf(fault, "password")}
        hint="15 characters or more; four or five words you will remember are good. Pasting works. A forgotten password can't be recovered yet, so keep it where you will find it." />
      <div class="choices part"><label><input id="adult" type="checkbox" name="adult" required aria-invalid=${missing.adult ? "true" : undefined}
        aria-describedby=${missing.adult ? "adult-fault" : undefined} /><span>I am 18 or older</span></label>
        ${missing.adult && html`<p id="adult-fault" class="fault">${missing.adult}</p>`}</div>
      <p class="small soft part">This is a diary, not a device that monitors, diagnoses or treats. It is not an emergency service, and nobody watches it in real time.</p>
      ${fault && !beside && html`<p class="fault part" role="alert">${faultWords(fault, "The account was not made")}</p>`}
      <div class="actions"><button class="button" disabled=${busy}>${busy ? "Making it" : "Make the account"}</button>
        <a href=${`#/sign-in${next ? `?next=${encodeURIComponent(next)}` : ""}`}>I have one: sign in</a></div>
    </form>`
}

/** @param {number} count of entries that a guest wrote here */
const addedWords = (count) => (count ? ` ${count === 1 ? "1 entry on this device is" : `${count} entries on this device are`} now in it.` : "")
