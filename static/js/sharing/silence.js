/** "If I write nothing, tell them": chosen in the form of an invitation, and changed or ended under a share that stands. */
import { Prove } from "../accounts/password.js"
import { call, Problem } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { html, useState } from "../base/ui.js"
import { askedSilence, QUIET } from "./rules.js"
import { words } from "./words.js"

const said = words.silence

/** After how many days; null is never. @param {{value: number | null, onChoose: (days: number | null) => void}} props */
export const SilenceChoice = ({ value, onChoose }) => html`
  <label class="field">
    <span>${said.tell}</span>
    <select value=${value ?? ""} onChange=${(/** @type {any} */ event) => onChoose(Number(event.target.value) || null)}>
      <option value="">${said.never}</option>
      ${[...new Set([...QUIET, ...(value ? [value] : [])])].toSorted((a, b) => a - b).map((days) => html`<option key=${days} value=${days}>${said.after(days)}</option>`)}
    </select>
  </label>
  ${said.known.map((line) => html`<p class="soft small" key=${line}>${line}</p>`)}`

/** The same under a share. @param {{consent: import("./rules.js").Consent, onChanged: () => Promise<void>}} props */
export function Silence({ consent, onChanged }) {
  const [days, setDays] = useState(consent.quiet_after_days ?? null)
  const [told, setTold] = useState("")
  const [busy, setBusy] = useState(false)
  const [asksProof, askProof] = useState(false)
  const change = async () => {
    askProof(false)
    setBusy(true)
    const { method, path } = askedSilence(consent, days)
    try {
      await call(method, path, { quiet_after_days: days })
      setTold(said.changed(days))
      await onChanged()
    } catch (wrong) {
      if (wrong instanceof Problem && wrong.type === "/problems/step-up-needed") askProof(true)
      else setTold(faultWords(wrong, said.not_changed))
    }
    setBusy(false)
  }
  return html`
    <details class="fold silence">
      <summary>${said.title}</summary>
      <div>
        <${SilenceChoice} value=${days} onChoose=${setDays} />
        <p class="told small" role="status">${told}</p>
        ${asksProof
          ? html`<${Prove} onProved=${change} onLeave=${() => askProof(false)} />`
          : html`<div class="actions"><button class="plain" type="button" disabled=${busy} onClick=${change}>${said.change}</button></div>`}
      </div>
    </details>`
}
