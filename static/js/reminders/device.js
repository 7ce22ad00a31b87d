/** Whether notifications come to this device, and the one thing to do about it. */
import { html } from "../base/ui.js"
import { askPermission, dropSubscription, sendTest, subscribe } from "./push.js"
import { DEVICE } from "./rules.js"

/** @param {{state: string, act: (doing: string, work: () => Promise<string>) => Promise<void>}} props */
export function Device({ state, act }) {
  const turnOn = () => {
    const allowed = askPermission()
    return act("Notifications were not turned on", async () => {
      if (!(await allowed)) return "They were not allowed. The reminder still waits on the Today page."
      await subscribe()
      return "Notifications come to this device now."
    })
  }
  const turnOff = () => act("Not turned off", async () => {
    await dropSubscription()
    return "No notification comes to this device any more."
  })
  const test = () => act("No test was sent", async () => {
    await sendTest()
    return "A test is on its way. What became of it shows below."
  })
  return html`
    <section>
      <h2>This device</h2>
      <p class="soft small">${DEVICE[state]}</p>
      <div class="actions">
        ${state === "off" && html`<button class="plain" type="button" onClick=${turnOn}>Turn notifications on</button>`}
        ${state === "on" && html`
          <button class="plain" type="button" onClick=${test}>Send a test</button>
          <button class="link" type="button" onClick=${turnOff}>Not on this device</button>`}
      </div>
    </section>`
}
