/** The therapist's reading hours: when somebody reads, when nobody does, and whom to call meanwhile. */
import { call } from "../base/api.js"
import { useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { hereZone, now, wall } from "../base/time.js"
import { weekdayName } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { isWaiting, TAKEN } from "./invitation-secret.js"
import { words } from "./reader-words.js"

const said = words.hours
const DAYS = [1, 2, 3, 4, 5, 6, 7]
const FIRST = { weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "17:00", zone: hereZone(), away: [], backup: "", backup_email: "", urgent_phone: "", every_answer: false }

export default function ReadingHours() {
  const { value, fault } = useAnswer("/api/reading-hours")
  const unset = fault?.status === 404 || (value !== null && !value.weekdays)
  if (!value && !fault) return html`<h1>${said.title}</h1>`
  if (fault && !unset) return html`<h1>${said.title}</h1><p class="notice">${faultWords(fault, said.no_answer)}</p>`
  return html`<${Form} kept=${unset ? FIRST : value} first=${unset} />`
}

/** @param {{kept: any, first: boolean}} props */
function Form({ kept, first }) {
  const [hours, setHours] = useState({ ...kept, away: kept.away ?? [], backup: kept.backup ?? "", backup_email: kept.backup_email ?? "", urgent_phone: kept.urgent_phone ?? "" })
  const [told, setTold] = useState("")
  const [busy, setBusy] = useState(false)
  const set = (/** @type {any} */ part) => {
    setHours({ ...hours, ...part })
    setTold("")
  }
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault()
    if (!hours.weekdays.length) return setTold(said.choose_day)
    if (hours.from >= hours.to) return setTold(said.backwards)
    setBusy(true)
    try {
      await call("PUT", "/api/reading-hours", { ...hours, backup: hours.backup || null, backup_email: hours.backup_email || null, urgent_phone: hours.urgent_phone || null })
      if (isWaiting()) return go(`/invitation/${TAKEN}`)
      setTold(said.saved)
    } catch (wrong) {
      setTold(faultWords(wrong, said.not_saved))
    }
    setBusy(false)
  }
  return html`
    <h1>${said.title}</h1>
    <p class="lead">${said.lead}</p>
    <form autocomplete="off" onSubmit=${save}>
      <fieldset class="field">
        <legend>${said.you_read_on}</legend>
        <div class="weekdays">
          ${DAYS.map((day) => html`
            <label key=${day}>
              <input type="checkbox" checked=${hours.weekdays.includes(day)} onChange=${() => set({ weekdays: turned(hours.weekdays, day) })} />
              <span>${weekdayName(day, "short")}</span>
            </label>`)}
        </div>
      </fieldset>
      <div class="pair">
        <${Field} label=${said.from} type="time" value=${hours.from} onInput=${(/** @type {string} */ from) => set({ from })} />
        <${Field} label=${said.to} type="time" value=${hours.to} onInput=${(/** @type {string} */ to) => set({ to })} />
      </div>
      <p class="soft small">${said.times_of(plain(hours.zone))}
        ${hours.zone !== hereZone() && html` <button class="link" type="button" onClick=${() => set({ zone: hereZone() })}>${said.use(plain(hereZone()))}</button>`}</p>
      <${Away} away=${hours.away} onChange=${(/** @type {any} */ away) => set({ away })} />
      <${Field} label=${said.backup} hint=${said.backup_hint} type="text" value=${hours.backup} optional
        onInput=${(/** @type {string} */ backup) => set({ backup })} />
      <${Field} label=${said.backup_email} hint=${said.backup_email_hint} type="email" value=${hours.backup_email} optional
        onInput=${(/** @type {string} */ backup_email) => set({ backup_email })} />
      <${Field} label=${said.phone} hint=${said.phone_hint} type="tel" value=${hours.urgent_phone} optional
        onInput=${(/** @type {string} */ urgent_phone) => set({ urgent_phone })} />
      <fieldset class="field choices"><label>
        <input type="checkbox" checked=${Boolean(hours.every_answer)} onChange=${() => set({ every_answer: !hours.every_answer })} />
        <span>${said.every_answer}<span class="hint">${said.every_answer_hint}</span></span></label></fieldset>
      <div class="actions"><button class="button" disabled=${busy}>${first ? said.save_first : said.save}</button></div>
      <p class="soft small" role="status">${told}</p>
    </form>`
}

/** @param {{away: {from: string, to: string}[], onChange: (away: any) => void}} props */
function Away({ away, onChange }) {
  const put = (/** @type {number} */ at, /** @type {any} */ part) => onChange(away.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return html`
    <fieldset class="field away">
      <legend>${said.away}</legend>
      ${away.map((one, i) => html`
        <div class="pair" key=${i}>
          <${Field} label=${said.from} type="date" value=${one.from} onInput=${(/** @type {string} */ from) => put(i, { from, to: from > one.to ? from : one.to })} />
          <${Field} label=${said.to} type="date" value=${one.to} onInput=${(/** @type {string} */ to) => put(i, { to })} />
          <button class="link" type="button" onClick=${() => onChange(away.filter((_, at) => at !== i))}>${said.remove}</button>
        </div>`)}
      <div><button class="link" type="button" onClick=${() => onChange([...away, newAbsence()])}>${said.add_away}</button></div>
    </fieldset>`
}

function newAbsence() {
  const { day } = wall(now(), hereZone())
  return { from: day, to: day }
}

/** @param {any} props */
function Field({ label, hint, type, value, optional, onInput }) {
  return html`
    <label class="field"><span>${label}</span>${hint && html`<span class="soft small">${hint}</span>`}
      <input autocomplete="off" type=${type} value=${value} required=${!optional} maxlength="200" onInput=${(/** @type {any} */ event) => onInput(event.target.value)} />
    </label>`
}

/** @param {string} zone */
const plain = (zone) => zone.replaceAll("_", " ")

/** @param {number[]} days @param {number} day */
const turned = (days, day) => (days.includes(day) ? days.filter((one) => one !== day) : [...days, day].toSorted((a, b) => a - b))
