/** The medical card: signs of the body that need somebody now, and the two numbers for them. No network, no open lock, no diagnosis. */
import { account, journal, locked } from "../accounts/account.js"
import { Field } from "../base/fault.js"
import { html, useEffect, useState } from "../base/ui.js"
import { keepNote, NEAR, noteOf } from "../records/notes.js"
import { emergenciesNow, emergenciesOf } from "./emergency.js"
import { clinicNow, keepOpen } from "./plan-kept.js"
import { telOf } from "./rules.js"
import { words } from "./words.js"

const said = words.medical

export default function Medical() {
  const [emergencies, setEmergencies] = useState(emergenciesOf(undefined))
  const [clinic, setClinic] = useState(/** @type {string | null} */ (null))
  const [who, isLocked] = [account.value, locked.value]
  useEffect(() => void emergenciesNow().then(setEmergencies), [])
  useEffect(() => {
    let isHere = true
    clinicNow().then((number) => isHere && setClinic(number))
    return () => void (isHere = false)
  }, [who, isLocked])
  return html`
    <div class="help">
      <h1>${said.title}</h1>
      <p class="lead">${said.lead}</p>
      <ul class="rows numbers part">
        ${emergencies.map(({ code, call, name }) => html`
          <li key=${code}><span>${said.emergency(name)}</span> ${call ? html`<${Number} number=${call} />` : html`<span>${words.help.local_number}</span>`}</li>`)}
        ${clinic && html`<li><span>${said.clinic}</span> <${Number} number=${clinic} /></li>`}
      </ul>
      <ul class="signs">${said.signs.map((sign) => html`<li key=${sign}>${sign}</li>`)}</ul>
      ${clinic !== null && who?.role !== "therapist" && (isLocked
        ? !clinic && html`<p class="soft small part">${said.locked}</p>`
        : html`<${Clinic} key=${clinic} number=${clinic} onKept=${setClinic} />`)}
      <p class="part"><a href="#/help">${said.to_help}</a></p>
    </div>`
}

/** @param {{number: string}} props */
const Number = ({ number }) => html`<a class="number" href=${telOf(number)} aria-label=${words.help.call(number)}>${number}</a>`

/** The clinic's number, noted once for this device. @param {{number: string, onKept: (number: string) => void}} props */
function Clinic({ number, onKept }) {
  const [isOpen, setOpen] = useState(true)
  const [isChanging, setChanging] = useState(false)
  useEffect(() => void journal().then((db) => noteOf(db, NEAR)).then((near) => setOpen(near?.clinic_open ?? true)), [])
  if (!isChanging) return html`<p><button class="link small" type="button" onClick=${() => setChanging(true)}>${number ? said.change : said.note_down}</button></p>`
  const save = async (/** @type {any} */ event) => {
    event.preventDefault()
    const clinic_number = String(new FormData(event.target).get("clinic_number")).trim()
    const db = await journal()
    await keepNote(db, { ...(await noteOf(db, NEAR)), clinic_number, clinic_open: isOpen, id: NEAR })
    await keepOpen()
    setChanging(false)
    onKept(clinic_number)
  }
  return html`
    <form onSubmit=${save} autocomplete="off">
      <${Field} name="clinic_number" label=${said.number} type="tel" maxlength="40" defaultValue=${number} hint=${said.device_only} />
      <label class="tick small"><input type="checkbox" checked=${isOpen} onChange=${(/** @type {any} */ event) => setOpen(event.target.checked)} /><span>${said.locked_too}</span></label>
      <div class="actions"><button class="button">${said.save}</button><button class="link" type="button" onClick=${() => setChanging(false)}>${said.leave}</button></div>
    </form>`
}
