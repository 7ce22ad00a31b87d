/** The registration page. */
import { Problem } from "../base/api.js"
import { faultOf, faultWords, Field, toFault } from "../base/fault.js"
import { go, route } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { guestEntries } from "../records/guest.js"
import { register } from "./enter.js"
import { Password } from "./password.js"
import { lengthOf, mayGo, placeAfterJoining, registrationFaults } from "./rules.js"
import { tell } from "./told.js"
import { Whose } from "./whose.js"
import { words } from "./words.js"

export default function Register() {
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [missing, setMissing] = useState(/** @type {Record<string, string>} */ ({}))
  const [busy, setBusy] = useState(false)
  const next = route.value.query.get("next")
  const [role, setRole] = useState(next?.startsWith("/invitation") ? "therapist" : "patient")
  const isPatient = role === "patient"

  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    const form = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    const faults = registrationFaults(form)
    setMissing(missingWords(faults, form))
    setFault(null)
    const first = Object.keys(faults).find((name) => faults[name])
    if (first) return document.getElementById(first)?.focus()
    setBusy(true)
    try {
      // Without an entry nothing was asked: what is half written goes along.
      const isTheirs = form.guest !== "not"
      const added = isPatient && isTheirs ? await guestEntries() : 0
      const who = await register({ email: form.email.trim(), password: form.password, role: form.role, name: form.name.trim(), adult: true }, isTheirs)
      const place = placeAfterJoining(form, mayGo(next))
      tell(words.joining.made + (added ? words.joining.added(added) : ""), place.split("?")[0])
      go(place, { replace: true })
    } catch (refused) {
      setFault(refused)
      setBusy(false)
      toFault()
    }
  }

  const isTaken = fault instanceof Problem && fault.type === "/problems/address-taken"
  const beside = ["email", "password", "name"].some((name) => faultOf(fault, name)) || isTaken
  return html`
    <h1>${words.joining.title}</h1>
    <p class="lead" role="status">${isPatient ? words.joining.lead : words.joining.lead_reader}</p>
    <form onSubmit=${submit} novalidate>
      <fieldset class="field choices">
        <legend>${words.joining.here}</legend>
        <label><input type="radio" name="role" value="patient" checked=${isPatient} onChange=${() => setRole("patient")} required /><span>${words.joining.as_patient}</span></label>
        <label><input type="radio" name="role" value="therapist" checked=${!isPatient} onChange=${() => setRole("therapist")} /><span>${words.joining.as_therapist}</span></label>
      </fieldset>
      ${isPatient && html`<${Whose} chosen="mine" />`}
      <${Field} name="name" label=${words.name} autocomplete="name" required maxlength="100" fault=${missing.name || faultOf(fault, "name")}
        hint=${words.name_hint} />
      <${Field} name="email" label=${words.email} type="email" autocomplete="username" required
        fault=${isTaken ? words.joining.taken : missing.email || faultOf(fault, "email")} />
      <${Password} autocomplete="new-password"
        fault=${missing.password || faultOf(fault, "password")}
        hint=${words.joining.password_hint} />
      <div class="choices part"><label><input id="adult" type="checkbox" name="adult" required aria-invalid=${missing.adult ? "true" : undefined}
        aria-describedby=${missing.adult ? "adult-fault" : undefined} /><span>${words.joining.adult}</span></label>
        ${missing.adult && html`<p id="adult-fault" class="fault">${missing.adult}</p>`}</div>
      <p class="small soft part">${words.joining.purpose}</p>
      ${fault && !beside && html`<p class="fault part" role="alert">${faultWords(fault, words.joining.not_made)}</p>`}
      <div class="actions"><button class="button" disabled=${busy}>${busy ? words.joining.making : words.joining.make}</button>
        <a href=${`#/sign-in${next ? `?next=${encodeURIComponent(next)}` : ""}`}>${words.joining.have_one}</a></div>
    </form>`
}

/** @param {Record<string, boolean>} faults @param {Record<string, string>} form */
function missingWords(faults, form) {
  const { password, ...missing } = words.joining.missing
  const said = { ...missing, password: password(lengthOf(form.password)) }
  return Object.fromEntries(Object.entries(said).filter(([name]) => faults[name]))
}
