/** The Reminder page: one a day, at a time and in words of one's own; of questionnaires; whether it comes to this device; what was sent. */
import { call } from "../base/api.js"
import { itemsOf, useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { remembered, uuid7 } from "../base/database.js"
import { hereZone, localDay, now } from "../base/time.js"
import { html, useEffect, useState } from "../base/ui.js"
import { AfterSession } from "./after-session.js"
import { Device } from "./device.js"
import { Form } from "./form.js"
import { FormReminders } from "./form-reminders.js"
import { Ledger } from "./ledger.js"
import { askPermission, deviceState, subscribe } from "./push.js"
import { inWords } from "./reminder-words.js"
import { bodyOf, dailyOf, pointsOf, proposed, quietOf } from "./rules.js"
import { words } from "./words.js"

export default function ReminderPage() {
  const { value, fault, again } = useAnswer("/api/reminders")
  const [device, setDevice] = useState("")
  const [told, setTold] = useState("")
  const [turn, setTurn] = useState(0)
  const [busy, setBusy] = useState(false)
  // Chosen in the first five minutes, before there was a reminder.
  const [wording, setWording] = useState(/** @type {string | null | undefined} */ (undefined))
  useEffect(() => void remembered("wording").then((kept) => setWording(kept ?? null)), [])
  const look = async () => setDevice(await deviceState())
  useEffect(() => void look(), [])

  const kept = dailyOf(itemsOf(value))
  const today = localDay(now(), hereZone())

  const act = async (/** @type {string} */ doing, /** @type {() => Promise<string>} */ work) => {
    try {
      setTold(await work())
    } catch (wrong) {
      setTold(whyNot(wrong, doing))
    }
    await look()
    setTurn((last) => last + 1)
  }
  const keep = async (/** @type {string | undefined} */ id, /** @type {any} */ body) => {
    // The question has to follow the tap at once, or an iPhone does not put it.
    const allowed = ["", "off"].includes(device) ? askPermission() : Promise.resolve(false)
    setBusy(true)
    await act(words.not_saved, async () => {
      await call("PUT", `/api/reminders/${id ?? uuid7()}`, body)
      await again()
      if (await allowed) await subscribe()
      return words.saved
    })
    setBusy(false)
  }
  const save = (/** @type {any} */ form) => keep(kept?.id, bodyOf(form))
  const begin = (/** @type {any} */ body) => keep(undefined, { ...body, zone: hereZone(), ...quietOf(kept) })
  const prompt = (/** @type {string[]} */ points, /** @type {any} */ before) => {
    const { id, next_due_at, ...rest } = before ?? { zone: hereZone(), ...quietOf(kept) }
    return keep(id, { ...rest, after_session: true, points })
  }
  const end = (/** @type {any} */ reminder) =>
    act(words.not_turned_off, async () => {
      await call("DELETE", `/api/reminders/${reminder.id}`)
      await again()
      return words.turned_off
    })

  return html`
    <div class="columns">
      <div>
        <h1>${words.title}</h1>
        <p class="lead" role="status">${value && device ? (kept ? inWords(kept, today, device === "on") : words.off) : fault ? "" : words.opening}</p>
        ${fault && html`<p class="notice">${faultWords(fault, words.no_answer)}</p>`}
        ${value && wording !== undefined && html`<${Form} key=${kept?.id ?? "new"} first=${kept ?? { ...proposed(hereZone()), wording }} isOn=${Boolean(kept)} onSave=${save} onEnd=${() => end(kept)} />`}
        <p class="told small" role="status">${told}</p>
        ${itemsOf(value).length > 0 && html`<p><a href="#/less">${words.less.link}</a></p>`}
        ${value && html`<${AfterSession} key=${pointsOf(itemsOf(value))?.id ?? "none"} reminders=${itemsOf(value)} busy=${busy} onSave=${prompt} onEnd=${end} />`}
        ${value && html`<${FormReminders} reminders=${itemsOf(value)} busy=${busy} onBegin=${begin} onEnd=${end} />`}
      </div>
      <aside>
        <${Device} state=${device} act=${act} />
        <section class="part">${value && html`<${Ledger} key=${turn} />`}</section>
      </aside>
    </div>`
}

/** What the browser itself answers when it will not subscribe is no fault of the network. @param {any} fault @param {string} doing */
function whyNot(fault, doing) {
  const refused = fault?.name === "AbortError" || fault?.name === "NotAllowedError"
  return refused ? words.browser_would_not : faultWords(fault, doing)
}
