/** The form of the daily reminder. */
import { hereZone } from "../base/time.js"
import { weekdayName } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { LONGEST_WORDING, turned, WEEKDAYS } from "./rules.js"
import { words } from "./words.js"

const said = words.form

/**
 * @param {object} props
 * @param {any} props.first what the form begins with
 * @param {boolean} props.isOn
 * @param {(form: any) => Promise<void>} props.onSave
 * @param {() => Promise<void>} props.onEnd
 */
export function Form({ first, isOn, onSave, onEnd }) {
  const [form, setForm] = useState(first)
  const [trouble, setTrouble] = useState("")
  const [busy, setBusy] = useState(false)
  const set = (/** @type {any} */ part) => setForm({ ...form, ...part })
  const during = async (/** @type {() => Promise<void>} */ work) => {
    setBusy(true)
    await work()
    setBusy(false)
  }
  const save = (/** @type {Event} */ event) => {
    event.preventDefault()
    setTrouble(form.weekdays.length ? "" : said.choose_day)
    return form.weekdays.length ? during(() => onSave(form)) : undefined
  }
  const away = hereZone() !== form.zone
  return html`
    <form autocomplete="off" onSubmit=${save}>
      <label class="field narrow"><span>${said.at}</span>
        <input autocomplete="off" type="time" required value=${form.local_time.slice(0, 5)} onInput=${(/** @type {any} */ e) => set({ local_time: e.target.value })} />
      </label>
      <p class="soft small">${said.time_of(plain(form.zone))}
        ${away && html` <button class="link" type="button" onClick=${() => set({ zone: hereZone() })}>${said.use(plain(hereZone()))}</button>`}</p>
      <fieldset class="field"><legend>${said.on}</legend>
        <div class="weekdays">${WEEKDAYS.map((day) => html`
          <label key=${day}>
            <input type="checkbox" checked=${form.weekdays.includes(day)} onChange=${() => set({ weekdays: turned(form.weekdays, day) })} />
            <span>${weekdayName(day, "short")}</span>
          </label>`)}
        </div>
      </fieldset>
      <div class="field choices">
        <label>
          <input type="checkbox" checked=${form.skip_if_logged} onChange=${() => set({ skip_if_logged: !form.skip_if_logged })} />
          <span>${said.skip}</span>
        </label>
      </div>
      <details class="fold part" open=${Boolean(form.wording || form.quiet_from)}>
        <summary>${said.more}</summary>
        <${More} ...${{ form, set }} />
      </details>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <div class="actions">
        <button class="button" disabled=${busy}>${isOn ? said.save : said.begin}</button>
        ${isOn && html`<button class="link" type="button" disabled=${busy} onClick=${() => during(onEnd)}>${said.end}</button>`}
      </div>
    </form>`
}

/** @param {{form: any, set: (part: any) => void}} props */
function More({ form, set }) {
  const give = (/** @type {string} */ key) => (/** @type {any} */ event) => set({ [key]: event.target.value || null })
  return html`
    <div>
      <label class="field"><span>${said.wording}</span>
        <span class="soft small">${said.wording_hint(words.neutral)}</span>
        <input autocomplete="off" type="text" maxlength=${LONGEST_WORDING} value=${form.wording ?? ""} onInput=${give("wording")} />
      </label>
      <div class="pair">
        <label class="field"><span>${said.quiet_from}</span><input autocomplete="off" type="time" value=${form.quiet_from ?? ""} onInput=${give("quiet_from")} /></label>
        <label class="field"><span>${said.quiet_to}</span><input autocomplete="off" type="time" value=${form.quiet_to ?? ""} onInput=${give("quiet_to")} /></label>
      </div>
      <p class="soft small">${said.quiet}</p>
      <p class="soft small">${said.silence}</p>
    </div>`
}

/** @param {string} zone */
const plain = (zone) => zone.replaceAll("_", " ")
