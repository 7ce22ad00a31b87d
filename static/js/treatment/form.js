/** The form of a session: when it is or was, and, folded away, how it is given. */
import { Field } from "../base/fault.js"
import { hereZone, instantOf, now, wall } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { CHOICES, faultIn, valuesOf } from "./rules.js"
import { words } from "./words.js"

/**
 * @param {object} props
 * @param {Record<string, any>} props.values of the session as it stands, none for a new one
 * @param {(values: Record<string, any>) => void} props.onKeep
 * @param {string} props.leave where the way out leads
 */
export function Form({ values, onKeep, leave }) {
  const zone = values.zone ?? hereZone()
  const began = values.starts_at ? wall(values.starts_at, zone) : null
  const [fault, setFault] = useState(/** @type {"" | "dose" | "starts"} */ (""))
  const [isPlanned, setPlanned] = useState(false)

  const submit = (/** @type {any} */ event) => {
    event.preventDefault()
    const fields = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    const starts_at = began && fields.starts === `${began.day}T${began.time}` ? values.starts_at : instantOf(fields.starts, zone)
    const form = { ...fields, starts_at, zone, status: fields.status ?? (starts_at > now() ? "planned" : "happened"), ride_home: "ride_home" in fields }
    const wrong = faultIn(form, now())
    setFault(wrong)
    if (wrong) return document.getElementById(wrong)?.focus()
    onKeep(valuesOf(values, form))
  }

  return html`
    <form onSubmit=${submit}>
      <${Field} name="starts" label=${words.day_and_time} type="datetime-local" required defaultValue=${began ? `${began.day}T${began.time}` : ""} fault=${fault === "starts" && words.fault.starts}
        onInput=${(/** @type {any} */ e) => setPlanned(Boolean(e.target.value) && instantOf(e.target.value, zone) > now())} />
      ${began
        ? html`<${Choice} name="status" label=${words.became} choices=${words.status} chosen=${values.status ?? "happened"} />`
        : isPlanned && html`<p class="soft small">${words.kept_as_planned}</p>`}
      <div class="choices part"><label><input type="checkbox" name="ride_home" defaultChecked=${values.ride_home === true} /><span>${words.arranged}</span></label></div>
      <details class="fold" open=${fault === "dose"}>
        <summary>${words.more}</summary>
        <div>
          ${CHOICES.map((key) => html`<${Choice} key=${key} name=${key} label=${words.label[key]} choices=${words.choice[key]} chosen=${values[key]} isOptional />`)}
          <${Field} name="dose" label=${words.dose} inputmode="decimal" defaultValue=${values.dose_mg ?? ""} fault=${fault === "dose" && words.fault.dose} />
        </div>
      </details>
      <div class="actions"><button class="button">${words.save}</button><a href=${leave}>${words.leave}</a></div>
    </form>`
}

/** @param {{name: string, label: string, choices: Record<string, string>, chosen?: string, isOptional?: boolean}} props */
const Choice = ({ name, label, choices, chosen, isOptional = false }) => html`
  <div class="field"><label for=${name}>${label}</label>
    <select id=${name} name=${name}>
      ${isOptional && html`<option value="">${words.not_said}</option>`}
      ${Object.entries(choices).map(([key, said]) => html`<option key=${key} value=${key} defaultSelected=${key === chosen}>${said}</option>`)}</select></div>`
