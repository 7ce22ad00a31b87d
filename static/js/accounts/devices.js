/** Where this account is signed in, each to be ended from here. */
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { deviceParts } from "./rules.js"
import { words } from "./words.js"

const said = words.who

/** @param {{devices: any[], fault: unknown, onEnded: () => Promise<void>}} props */
export function Devices({ devices, fault, onEnded }) {
  const [trouble, setTrouble] = useState("")
  const end = async (/** @type {string} */ id) => {
    try {
      await call("DELETE", `/api/sign-ins/${id}`)
      setTrouble("")
    } catch (wrong) {
      // Signed out already, by a second press or from elsewhere.
      setTrouble(/** @type {any} */ (wrong).status === 404 ? "" : faultWords(wrong, said.still))
    }
    await onEnded()
  }
  return html`
    <section class="part">
      <h2>${said.devices}</h2>
      ${fault && html`<p class="soft small">${faultWords(fault, said.no_devices)}</p>`}
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <ul class="rows">${devices.map((device) => html`
        <li key=${device.id}>
          <span>${deviceWords(device.device)}<br /><span class="soft small">${device.current ? said.this_device : said.last_here(dayWords(wall(device.seen_at, hereZone()).day))}</span></span>
          ${!device.current && html`<button class="link" type="button" aria-label=${`${said.end_device}: ${deviceWords(device.device)}`} onClick=${() => end(device.id)}>${said.end_device}</button>`}
        </li>`)}</ul>
    </section>`
}

/** "Chrome on Android", from what a browser says of itself. @param {string} agent */
export function deviceWords(agent) {
  const { browser, system } = deviceParts(agent)
  return browser && system ? said.on(browser, system) : agent.slice(0, 60)
}
