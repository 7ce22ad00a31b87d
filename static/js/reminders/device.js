/** Whether notifications come to this device, and the one thing to do about it. */
import { html } from "../base/ui.js"
import { askPermission, dropSubscription, sendTest, subscribe } from "./push.js"
import { words } from "./words.js"

const said = words.device

/** @param {{state: string, act: (doing: string, work: () => Promise<string>) => Promise<void>}} props */
export function Device({ state, act }) {
  const turnOn = () => {
    const allowed = askPermission()
    return act(said.not_on, async () => {
      if (!(await allowed)) return said.not_allowed
      await subscribe()
      return said.on
    })
  }
  const turnOff = () => act(said.not_off, async () => {
    await dropSubscription()
    return said.off
  })
  const test = () => act(said.no_test, async () => {
    await sendTest()
    return said.tested
  })
  return html`
    <section>
      <h2>${said.title}</h2>
      <p class="soft small">${said.state[state]}</p>
      <div class="actions">
        ${state === "off" && html`<button class="plain" type="button" onClick=${turnOn}>${said.turn_on}</button>`}
        ${state === "on" && html`
          <button class="plain" type="button" onClick=${test}>${said.test}</button>
          <button class="link" type="button" onClick=${turnOff}>${said.turn_off}</button>`}
      </div>
    </section>`
}
