/** A password that can be looked at while it is typed: with no way to recover one, a slip of the thumb would keep somebody out. */
import { Field } from "../base/fault.js"
import { html, useState } from "../base/ui.js"
import { words } from "./words.js"

/** @param {{label?: string, autocomplete: "new-password" | "current-password", [more: string]: any}} props as of a field */
export function Password({ label = words.password, ...field }) {
  const [isShown, show] = useState(false)
  const said = isShown ? words.hide : words.show
  // No keyboard and no spelling service is to learn it while it can be read.
  return html`
    <${Field} name="password" label=${label} type=${isShown ? "text" : "password"} spellcheck=${false} autocapitalize="none" required ...${field}
      beside=${html`<button class="link" type="button" aria-controls="password" onClick=${() => show(!isShown)}>${said.word}<span class="unseen"> ${said.what}</span></button>`} />`
}
