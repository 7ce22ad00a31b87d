/** Who can open this: every device and every share on one page, each ended alone, or all of them at once. */
import { useAnswer } from "../base/answer.js"
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { announce } from "../base/database.js"
import { html, useEffect, useState } from "../base/ui.js"
import { account } from "./account.js"
import { noteSeen } from "./newcomers.js"
import { Devices } from "./devices.js"
import { isOpen } from "./rules.js"
import { Shares } from "./shares.js"
import { words } from "./words.js"

const said = words.who

export default function WhoCanOpen() {
  const who = account.value
  return who?.role === "patient" ? html`<${OfPatient} />` : html`<${OfTherapist} />`
}

function OfPatient() {
  const devices = useAnswer("/api/sign-ins")
  const consents = useAnswer("/api/consents")
  const shares = consents.value?.filter(isOpen) ?? null
  useEffect(() => {
    if (devices.value && consents.value) noteSeen(devices.value, consents.value)
  }, [devices.value, consents.value])
  const again = async () => void (await Promise.all([devices.again(), consents.again()]))
  return html`
    <h1>${words.settings.who}</h1>
    <p class="lead">${said.lead}</p>
    <${Devices} devices=${devices.value ?? []} fault=${devices.fault} onEnded=${devices.again} />
    <${Shares} shares=${shares} fault=${consents.fault} onEnded=${consents.again} />
    <${All} others=${others(devices.value)} shares=${shares?.length ?? 0} about=${said.all_about} done=${said.all_done} onEnded=${again} />`
}

function OfTherapist() {
  const devices = useAnswer("/api/sign-ins")
  return html`
    <h1>${words.settings.who}</h1>
    <p class="lead">${said.lead_therapist}</p>
    <${Devices} devices=${devices.value ?? []} fault=${devices.fault} onEnded=${devices.again} />
    <${All} others=${others(devices.value)} about=${said.all_about_therapist} done=${said.all_done_devices} onEnded=${devices.again} />`
}

/** @param {any[] | null} devices */
const others = (devices) => (devices ?? []).filter((device) => !device.current).length

/**
 * The one button. It can't be taken back, so it says first what it ends; the key keeps a second press from falling on what ends it.
 * @param {{others: number, shares?: number, about: string, done: string, onEnded: () => Promise<void>}} props
 */
function All({ others, shares = 0, about, done, onEnded }) {
  const [step, setStep] = useState(/** @type {"" | "sure" | "done"} */ (""))
  const [trouble, setTrouble] = useState("")
  const end = async () => {
    try {
      await call("POST", "/api/lockdowns")
      setTrouble("")
      setStep("done")
    } catch (fault) {
      setTrouble(faultWords(fault, said.all_not))
      setStep("")
    }
    announce("shares")
    await onEnded()
  }
  return html`
    <section class="part">
      <h2>${said.all}</h2>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      ${step === "done" ? html`
        <p role="status">${done}</p>
        <p class="soft small">${said.all_password} <a href="#/account">${words.factor.title}</a></p>`
      : step === "sure" ? html`
        <p role="alert">${said.all_sure(others, shares)}</p>
        <div key="sure" class="actions"><button class="button" type="button" onClick=${end}>${said.all_now}</button>
          <button class="link" type="button" onClick=${() => setStep("")}>${words.keep_it}</button></div>`
      : html`
        <p class="soft small">${about}</p>
        <div class="actions"><button class="plain wide" type="button" onClick=${() => setStep("sure")}>${said.all_button}</button></div>`}
    </section>`
}
