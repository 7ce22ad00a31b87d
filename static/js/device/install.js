/** How the journal comes onto the home screen, in the terms of whoever holds this device. */
import { html, useState } from "../base/ui.js"
import { chosen } from "./look.js"
import { ask, canAsk, dismissHint, isInstalled, kindOfDevice } from "./home-screen.js"
import { words } from "./words.js"

export default function Install() {
  const [said, setSaid] = useState("")
  const [asks, setAsks] = useState(canAsk())
  const [isHinted, setHinted] = useState(true)
  const put = async () => {
    if (await ask()) setSaid(words.installed)
    setAsks(canAsk())
  }
  const never = async () => {
    await dismissHint()
    setHinted(false)
    setSaid(words.no_hint_done)
  }
  return html`
    <h1>${words.install}</h1>
    <p class="lead">${isInstalled() ? words.is_installed : words.install_lead}</p>
    ${!isInstalled() && html`
      <p class="part">${words.install_name} “${words.names[chosen("name")]}”. <a href="#/device">${words.other_name}</a></p>
      ${asks ? html`<div class="actions"><button class="button wide" type="button" onClick=${put}>${words.install_now}</button></div>` : html`<${Steps} />`}
      ${isHinted && html`<div class="actions"><button class="link" type="button" onClick=${never}>${words.no_hint}</button></div>`}`}
    <p class="soft small" role="status">${said}</p>`
}

function Steps() {
  const kind = kindOfDevice()
  if (kind === "elsewhere") return html`<p class="part">${words.elsewhere}</p>`
  return html`
    <ol class="steps part">${words[kind].map((step) => html`<li key=${step}>${step}</li>`)}</ol>
    ${kind === "iphone" && html`<p class="notice">${words.iphone_fresh}</p><p class="soft small">${words.iphone_push}</p>`}`
}
