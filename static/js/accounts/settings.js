/** The account page: name, zone and when the day turns; devices; a second factor; leaving. */
import { call } from "../base/api.js"
import { faultOf, faultWords, Field } from "../base/fault.js"
import { DAY_STARTS_AT } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { account, rememberAccount } from "./account.js"
import { Devices } from "./devices.js"
import { Leave } from "./leave.js"
import { SecondFactor } from "./second-factor.js"

export default function Settings() {
  const who = account.value
  if (!who) return html`<h1>Your account</h1>`
  return html`
    <h1>Your account</h1>
    <p class="lead">${who.email}</p>
    <div class="columns">
      <div><${About} /><${SecondFactor} /></div>
      <aside><${Devices} /><${Leave} /></aside>
    </div>`
}

function About() {
  const who = /** @type {import("./account.js").Account} */ (account.value)
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [said, setSaid] = useState("")
  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    const { name, zone, day_starts_at } = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    try {
      await rememberAccount(await call("PATCH", "/api/account", { name: name.trim(), zone, ...(day_starts_at ? { day_starts_at } : {}) }))
      setFault(null)
      setSaid("Changed.")
    } catch (wrong) {
      setFault(wrong)
      setSaid("")
    }
  }
  const zones = Intl.supportedValuesOf("timeZone")
  return html`
    <form class="part" onSubmit=${submit} onInput=${() => setSaid("")}>
      <h2>About you</h2>
      <${Field} name="name" label="Name" required maxlength="100" autocomplete="name" defaultValue=${who.name} fault=${faultOf(fault, "name")}
        hint="As the other side sees it" />
      <div class="field"><label for="zone">Time zone</label>
        <select id="zone" name="zone">
          ${(zones.includes(who.zone) ? zones : [who.zone, ...zones]).map((zone) => html`<option key=${zone} value=${zone} defaultSelected=${zone === who.zone}>${zone.replaceAll("_", " ")}</option>`)}
        </select></div>
      ${who.role === "patient" && html`
        <${Field} name="day_starts_at" label="Your day begins at" type="time" required defaultValue=${who.day_starts_at ?? DAY_STARTS_AT}
          fault=${faultOf(fault, "day_starts_at")} hint="What is written before it belongs to the day before" />`}
      ${fault && html`<p class="fault part" role="alert">${faultWords(fault, "Nothing was changed")}</p>`}
      <div class="actions"><button class="plain">Change</button><span class="soft small" role="status">${said}</span></div>
    </form>`
}
