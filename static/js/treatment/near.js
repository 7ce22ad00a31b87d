/** Who is near on the evening of a session, and the clinic's number: a note of this device alone, which no record has a place for. */
import { journal } from "../accounts/account.js"
import { announce } from "../base/database.js"
import { Field } from "../base/fault.js"
import { html, useEffect, useState } from "../base/ui.js"
import { keepNote, NEAR, noteOf } from "../records/notes.js"
import { telOf } from "./rules.js"
import { words } from "./words.js"

const said = words.tonight

/** @typedef {{who?: string, who_number?: string, clinic_number?: string}} Near */

export function NearBy() {
  const [near, setNear] = useState(/** @type {Near | null} */ (null))
  const [isChanging, setChanging] = useState(false)
  useEffect(() => void journal().then((db) => noteOf(db, NEAR)).then((found) => setNear(found ?? {})), [])
  if (!near) return null
  const save = async (/** @type {any} */ event) => {
    event.preventDefault()
    const noted = { ...near, .../** @type {Near} */ (Object.fromEntries(new FormData(event.target))) }
    await keepNote(await journal(), { ...noted, id: NEAR })
    // The number may also stand on the card that is open while locked.
    announce("records")
    setNear(noted)
    setChanging(false)
  }
  if (isChanging) {
    return html`
      <form class="part" onSubmit=${save} autocomplete="off">
        <${Field} name="who" label=${said.who} maxlength="200" defaultValue=${near.who ?? ""} />
        <${Field} name="who_number" label=${said.who_number} type="tel" maxlength="40" defaultValue=${near.who_number ?? ""} />
        <${Field} name="clinic_number" label=${said.clinic_number} type="tel" maxlength="40" defaultValue=${near.clinic_number ?? ""} />
        <p class="soft small">${said.device_only}</p>
        <div class="actions"><button class="button">${words.save}</button><button class="link" type="button" onClick=${() => setChanging(false)}>${words.leave}</button></div>
      </form>`
  }
  const isNoted = near.who || near.who_number || near.clinic_number
  return html`
    <section class="part">
      ${isNoted && html`<ul class="rows">
        ${(near.who || near.who_number) && html`<li><span><span class="soft small">${said.near}</span> <span class="who">${near.who}</span></span> <${Tel} number=${near.who_number} /></li>`}
        ${near.clinic_number && html`<li><span class="soft small">${said.clinic}</span> <${Tel} number=${near.clinic_number} /></li>`}
      </ul>`}
      <button class="link small" type="button" onClick=${() => setChanging(true)}>${isNoted ? said.change : said.note_down}</button>
    </section>`
}

/** @param {{number?: string}} props */
const Tel = ({ number = "" }) => (telOf(number) ? html`<a class="number" href=${`tel:${telOf(number)}`}>${number}</a>` : number)
