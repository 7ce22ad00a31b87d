/** The Reminder page: one a day, at a time and in words of one's own; whether it comes to this device; what was sent. */
import { call } from "../base/api.js"
import { useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { uuid7 } from "../base/ids.js"
import { hereZone, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { Device } from "./device.js"
import { Form } from "./form.js"
import { Ledger } from "./ledger.js"
import { askPermission, deviceState, subscribe } from "./push.js"
import { bodyOf, dailyOf, inWords, proposed } from "./rules.js"

export default function ReminderPage() {
  const { value, fault, again } = useAnswer("/api/reminders")
  const [device, setDevice] = useState("")
  const [told, setTold] = useState("")
  const [turn, setTurn] = useState(0)
  const look = async () => setDevice(await deviceState())
  useEffect(() => void look(), [])

  const items = Array.isArray(value) ? value : (value?.items ?? [])
  const kept = dailyOf(items)
  const today = localDay(now(), hereZone())

  const act = async (/** @type {string} */ doing, /** @type {() => Promise<string>} */ work) => {
    try {
      setTold(await work())
    } catch (wrong) {
      setTold(words(wrong, doing))
    }
    await look()
    setTurn((last) => last + 1)
  }
  const save = (/** @type {any} */ form) => {
    // The question has to follow the tap at once, or an iPhone does not put it.
    const allowed = ["", "off"].includes(device) ? askPermission() : Promise.resolve(false)
    return act("Not saved", async () => {
      await call("PUT", `/api/reminders/${kept?.id ?? uuid7()}`, bodyOf(form))
      await again()
      if (await allowed) await subscribe()
      return "Saved."
    })
  }
  const end = () =>
    act("Not turned off", async () => {
      await call("DELETE", `/api/reminders/${/** @type {any} */ (kept).id}`)
      await again()
      return "Turned off. Nothing will be sent."
    })

  return html`
    <div class="columns">
      <div>
        <h1>Reminder</h1>
        <p class="lead" role="status">${value && device ? (kept ? inWords(kept, today, dayWords, device === "on") : "Off. At most one a day, at a time you choose.") : fault ? "" : "Opening."}</p>
        ${fault && html`<p class="notice">${faultWords(fault, "The reminder could not be looked up")}</p>`}
        ${value && html`<${Form} key=${kept?.id ?? "new"} first=${kept ?? proposed(hereZone())} isOn=${Boolean(kept)} onSave=${save} onEnd=${end} />`}
        <p class="told small" role="status">${told}</p>
      </div>
      <aside>
        <${Device} state=${device} act=${act} />
        <section class="part">${value && html`<${Ledger} key=${turn} />`}</section>
      </aside>
    </div>`
}

/** What the browser itself answers when it will not subscribe is no fault of the network. @param {any} fault @param {string} doing */
function words(fault, doing) {
  const refused = fault?.name === "AbortError" || fault?.name === "NotAllowedError"
  return refused ? "The browser would not turn notifications on. The reminder still waits on the Today page." : faultWords(fault, doing)
}
