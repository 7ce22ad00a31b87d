/** The form of the daily reminder. */
import { hereZone } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { LONGEST_WORDING, NEUTRAL, turned, WEEKDAYS } from "./rules.js"

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
    setTrouble(form.weekdays.length ? "" : "Choose at least one day.")
    return form.weekdays.length ? during(() => onSave(form)) : undefined
  }
  const away = hereZone() !== form.zone
  return html`
    <form onSubmit=${save}>
      <label class="field narrow"><span>At</span>
        <input type="time" required value=${form.local_time.slice(0, 5)} onInput=${(/** @type {any} */ e) => set({ local_time: e.target.value })} />
      </label>
      <p class="soft small">Time of ${form.zone.replaceAll("_", " ")}.
        ${away && html` <button class="link" type="button" onClick=${() => set({ zone: hereZone() })}>Use ${hereZone().replaceAll("_", " ")}</button>`}</p>
      <fieldset class="field"><legend>On</legend>
        <div class="weekdays">${WEEKDAYS.map((name, i) => html`
          <label key=${name}>
            <input type="checkbox" checked=${form.weekdays.includes(i + 1)} onChange=${() => set({ weekdays: turned(form.weekdays, i + 1) })} />
            <span>${name}</span>
          </label>`)}
        </div>
      </fieldset>
      <div class="field choices">
        <label>
          <input type="checkbox" checked=${form.skip_if_logged} onChange=${() => set({ skip_if_logged: !form.skip_if_logged })} />
          <span>Not when I have already written that day</span>
        </label>
      </div>
      <details class="fold part" open=${Boolean(form.wording || form.quiet_from || form.paused_until)}>
        <summary>Own words, quiet hours, a pause</summary>
        <${More} ...${{ form, set }} />
      </details>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <div class="actions">
        <button class="button" disabled=${busy}>${isOn ? "Save" : "Remind me"}</button>
        ${isOn && html`<button class="link" type="button" disabled=${busy} onClick=${() => during(onEnd)}>Turn it off</button>`}
      </div>
    </form>`
}

/** @param {{form: any, set: (part: any) => void}} props */
function More({ form, set }) {
  const give = (/** @type {string} */ key) => (/** @type {any} */ event) => set({ [key]: event.target.value || null })
  return html`
    <div>
      <label class="field"><span>Words of the notification</span>
        <span class="soft small">They can be seen on a locked screen by anyone near it. Left empty they say: “${NEUTRAL}”.</span>
        <input type="text" maxlength=${LONGEST_WORDING} value=${form.wording ?? ""} onInput=${give("wording")} />
      </label>
      <div class="pair">
        <label class="field"><span>Quiet from</span><input type="time" value=${form.quiet_from ?? ""} onInput=${give("quiet_from")} /></label>
        <label class="field"><span>to</span><input type="time" value=${form.quiet_to ?? ""} onInput=${give("quiet_to")} /></label>
      </div>
      <p class="soft small">In quiet hours a reminder waits; it is not dropped.</p>
      <label class="field narrow"><span>Pause until</span>
        <input type="date" value=${(form.paused_until ?? "").slice(0, 10)} onInput=${give("paused_until")} />
      </label>
      <p class="soft small">A pause needs no reason.</p>
    </div>`
}
