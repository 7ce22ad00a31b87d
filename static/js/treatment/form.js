/** The form of a session: when it is or was, and, folded away, how it is given. */
import { Field } from "../base/fault.js"
import { hereZone, instantOf, now, wall } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { CHOICES, faultIn, valuesOf, VITALS } from "./rules.js"
import { words } from "./words.js"

/** What is folded away. */
const MORE = [...CHOICES, "dose", ...Object.keys(VITALS)]

/** @typedef {Record<string, any>} Fields as a form answers them */

/**
 * @param {object} props
 * @param {Record<string, any>} props.values of the session as it stands, none for a new one
 * @param {Fields} [props.half] what is half written
 * @param {(fields: Fields) => void} [props.onHalf]
 * @param {(values: Record<string, any>) => void} props.onKeep
 * @param {string} props.leave where the way out leads
 * @param {() => void} [props.onLeave]
 */
export function Form({ values, half, onHalf, onKeep, leave, onLeave }) {
  const zone = values.zone ?? hereZone()
  const began = values.starts_at ? wall(values.starts_at, zone) : null
  const [fault, setFault] = useState(/** @type {ReturnType<typeof faultIn>} */ (""))
  const isToCome = (/** @type {string} */ starts) => Boolean(starts) && instantOf(starts, zone) > now()
  const [isPlanned, setPlanned] = useState(isToCome(half?.starts))
  const stood = half ?? { ...values, starts: began ? `${began.day}T${began.time}` : "", dose: values.dose_mg, ...values.vitals }

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
    <form autocomplete="off" onSubmit=${submit} onInput=${(/** @type {any} */ e) => onHalf?.(Object.fromEntries(new FormData(e.currentTarget)))}>
      <${Field} name="starts" label=${words.day_and_time} type="datetime-local" required defaultValue=${stood.starts ?? ""} fault=${fault === "starts" && words.fault.starts}
        onInput=${(/** @type {any} */ e) => setPlanned(isToCome(e.target.value))} />
      ${began
        ? html`<${Choice} name="status" label=${words.became} choices=${words.status} chosen=${stood.status ?? "happened"} />`
        : isPlanned && html`<p class="soft small">${words.kept_as_planned}</p>`}
      <div class="choices part"><label><input type="checkbox" name="ride_home" defaultChecked=${Boolean(stood.ride_home)} /><span>${words.arranged}</span></label></div>
      <details class="fold" open=${(fault && fault !== "starts") || MORE.some((key) => half?.[key])}>
        <summary>${words.more}</summary>
        <div>
          ${CHOICES.map((key) => html`<${Choice} key=${key} name=${key} label=${words.label[key]} choices=${words.choice[key]} chosen=${stood[key]} isOptional />`)}
          <${Field} name="dose" label=${words.dose} inputmode="decimal" defaultValue=${stood.dose ?? ""} fault=${fault === "dose" && words.fault.dose} />
          ${Object.entries(VITALS).map(([name, [low, high]]) => html`
            <${Field} key=${name} name=${name} label=${words.vital[name]} inputmode="numeric" defaultValue=${stood[name] ?? ""} fault=${fault === name && words.fault.vital(low, high)} />`)}
        </div>
      </details>
      <div class="actions"><button class="button">${words.save}</button><a href=${leave} onClick=${onLeave}>${words.leave}</a></div>
    </form>`
}

/** @param {{name: string, label: string, choices: Record<string, string>, chosen?: string, isOptional?: boolean}} props */
const Choice = ({ name, label, choices, chosen, isOptional = false }) => html`
  <div class="field"><label for=${name}>${label}</label>
    <select id=${name} name=${name}>
      ${isOptional && html`<option value="">${words.not_said}</option>`}
      ${Object.entries(choices).map(([key, said]) => html`<option key=${key} value=${key} defaultSelected=${key === chosen}>${said}</option>`)}</select></div>`
