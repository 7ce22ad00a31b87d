/** The lock screen: opens what was written here; leads on to writing, and to what needs no lock. */
import { locked } from "../accounts/account.js"
import { go, route } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { sendNow } from "../records/sending.js"
import { PinField, useTry } from "./factor.js"
import { Forgotten } from "./forgotten.js"
import { unlock } from "./protect.js"
import { look } from "./watch.js"
import { words } from "./words.js"

export default function Unlock() {
  const { kind, fault, isBusy, waitS, attempt } = useTry()
  const [isForgotten, setForgotten] = useState(false)
  useEffect(() => {
    if (!locked.value && route.peek().path === "/unlock") go("/", { replace: true })
  }, [locked.value])
  const open = (/** @type {any} */ event) =>
    attempt(event, async (factor) => {
      await unlock(factor)
      await look()
      sendNow()
    })
  if (!kind) return html`<div class="one-question"><h1>${words.title}</h1></div>`
  return html`
    <div class="one-question">
      <h1>${words.title}</h1>
      <p class="lead">${words.lead}</p>
      ${isForgotten ? html`<${Forgotten} kind=${kind} onLeave=${() => setForgotten(false)} />` : html`
        <form class="answers" onSubmit=${open} autocomplete="off">
          ${kind === "pin" && html`<${PinField} name="pin" label=${words.pin} fault=${fault} />`}
          ${kind === "passkey" && fault && html`<p class="fault" role="alert">${fault}</p>`}
          <button class="button" disabled=${isBusy || waitS > 0}>${isBusy ? words.opening : kind === "pin" ? words.unlock : words.with_passkey}</button>
          <a class="plain" href="#/">${words.write}</a>
          <a class="plain" href="#/grounding">${words.here}</a>
          <button class="link" type="button" onClick=${() => setForgotten(true)}>${words.forgotten[kind === "pin" ? "pin" : "passkey"]}</button>
        </form>`}
    </div>`
}
