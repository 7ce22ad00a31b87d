/** Where this account is signed in, each to be ended from here. */
import { useAnswer } from "../base/answer.js"
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"

export function Devices() {
  const { value, fault, again } = useAnswer("/api/sign-ins")
  const [trouble, setTrouble] = useState("")
  const end = async (/** @type {string} */ id) => {
    try {
      await call("DELETE", `/api/sign-ins/${id}`)
      setTrouble("")
    } catch (wrong) {
      setTrouble(faultWords(wrong, "The device is still signed in"))
    }
    await again()
  }
  return html`
    <section class="part">
      <h2>Signed in on</h2>
      ${fault && html`<p class="soft small">${faultWords(fault, "The devices could not be listed")}</p>`}
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <ul class="rows">${(value ?? []).map((/** @type {any} */ device) => html`
        <li key=${device.id}>
          <span>${deviceWords(device.device)}<br /><span class="soft small">${device.current ? "this device" : `last here ${dayWords(wall(device.seen_at, hereZone()).day)}`}</span></span>
          ${!device.current && html`<button class="link" type="button" onClick=${() => end(device.id)}>Sign it out</button>`}
        </li>`)}</ul>
    </section>`
}

/** "Chrome on Android", from what a browser says of itself. @param {string} agent */
export function deviceWords(agent) {
  const browser = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox", "Firefox"], ["Chrome", "Chrome"], ["Safari", "Safari"]].find(([mark]) => agent.includes(mark))
  const system = [["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "Mac"], ["Linux", "Linux"]].find(([mark]) => agent.includes(mark))
  return browser && system ? `${browser[1]} on ${system[1]}` : agent.slice(0, 60)
}
