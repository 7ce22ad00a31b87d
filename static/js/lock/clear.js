/** Clearing this device for somebody without an account: all they wrote here goes, and the lock. It needs no network. */
import { html, useState } from "../base/ui.js"
import { Forgotten } from "./forgotten.js"
import { words } from "./words.js"

const said = words.clear

export function Clear() {
  const [asks, setAsks] = useState(false)
  return html`
    <section class="part"><h2>${said.title}</h2>
      ${asks ? html`<${Forgotten} kind="device" onLeave=${() => setAsks(false)} />` : html`
        <p class="soft small">${said.about}</p>
        <div class="actions"><button class="plain" type="button" onClick=${() => setAsks(true)}>${said.clear}</button></div>`}
    </section>`
}
