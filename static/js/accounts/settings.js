/** The account page: the ways to what can be set, name, zone and when the day turns, a second factor, leaving. */
import { call } from "../base/api.js"
import { faultOf, faultWords, Field, toFault } from "../base/fault.js"
import { DAY_STARTS_AT, hereZone } from "../base/time.js"
import { route } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { account, rememberAccount } from "./account.js"
import { Leave } from "./leave.js"
import { SecondFactor } from "./second-factor.js"
import { useWho } from "./who.js"
import { words } from "./words.js"

const said = words.settings

export default function Settings() {
  const who = useWho()
  if (!account.value || !who) return html`<h1>${said.title}</h1>`
  // Whoever was sent here for the second factor finds it first.
  const isSent = route.value.query.has("next")
  return html`
    <h1>${said.title}</h1>
    <p class="lead">${who.email}</p>
    <div class="columns">
      <div>
        ${isSent && html`<${SecondFactor} />`}
        <ul class=${isSent ? "rows part" : "rows"}>
          <li><a href="#/who-can-open-this">${said.who}</a></li>
          <li><a href="#/device">${said.device}</a></li>
          <li><a href="#/kept">${said.kept}</a></li>
        </ul>
        <${About} name=${who.name ?? ""} /></div>
      <aside>${!isSent && html`<${SecondFactor} />`}<${Leave} /></aside>
    </div>`
}

/** @param {{name: string}} props */
function About({ name: called }) {
  const who = /** @type {import("./account.js").Account} */ (account.value)
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [told, setTold] = useState("")
  const change = async (/** @type {Record<string, string>} */ changes) => {
    try {
      await rememberAccount(await call("PATCH", "/api/account", changes))
      setFault(null)
      setTold(said.changed)
    } catch (wrong) {
      setFault(wrong)
      setTold("")
      toFault()
    }
  }
  const submit = (/** @type {any} */ event) => {
    event.preventDefault()
    const { name, zone, day_starts_at } = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    change({ name: name.trim(), zone, ...(day_starts_at ? { day_starts_at } : {}) })
  }
  return html`
    <form class="part" onSubmit=${submit} onInput=${() => setTold("")}>
      <h2>${said.about}</h2>
      <${Field} name="name" label=${words.name} required maxlength="100" autocomplete="name" defaultValue=${called} fault=${faultOf(fault, "name")}
        hint=${said.name_hint} />
      <${Zone} key=${who.zone} zone=${who.zone} onHere=${() => change({ zone: hereZone() })} />
      ${who.role === "patient" && html`
        <${Field} name="day_starts_at" label=${said.day} type="time" required defaultValue=${who.day_starts_at ?? DAY_STARTS_AT}
          fault=${faultOf(fault, "day_starts_at")} hint=${said.day_hint} />`}
      ${fault && html`<p class="fault part" role="alert">${faultWords(fault, said.not_changed)}</p>`}
      <div class="actions"><button class="plain">${said.change}</button><span class="soft small" role="status">${told}</span></div>
    </form>`
}

/** Somebody who travels is shown that this device stands elsewhere. @param {{zone: string, onHere: () => void}} props */
function Zone({ zone: kept, onHere }) {
  const known = Intl.supportedValuesOf("timeZone")
  const zones = known.includes(kept) ? known : [kept, ...known]
  return html`
    <div class="field"><label for="zone">${words.settings.zone}</label>
      <select id="zone" name="zone">
        ${zones.map((zone) => html`<option key=${zone} value=${zone} defaultSelected=${zone === kept}>${zoneWords(zone)}</option>`)}
      </select>
      ${hereZone() !== kept && html`<p class="soft small">${said.here_zone(zoneWords(hereZone()))}
        <button class="link" type="button" onClick=${onHere}>${said.use_here}</button></p>`}</div>`
}

/** @param {string} zone */
const zoneWords = (zone) => zone.replaceAll("_", " ")
