/** Whose the entries on this device are, that belong to no account yet: asked before any account takes them. */
import { html, useEffect, useState } from "../base/ui.js"
import { guestEntries } from "../records/guest.js"
import { words } from "./words.js"

/** @param {{chosen?: "mine"}} props what stands there at first; without it nothing does, and an answer is needed */
export function Whose({ chosen }) {
  const [guests, setGuests] = useState(0)
  useEffect(() => void guestEntries().then(setGuests), [])
  if (!guests) return null
  return html`
    <fieldset class="field choices">
      <legend>${words.coming.found(guests)}</legend>
      ${["mine", "not"].map((key) => html`
        <label key=${key}><input type="radio" name="guest" value=${key} required defaultChecked=${key === chosen} />
          <span>${words.coming.guest[key].name}<span class="hint">${words.coming.guest[key].means}</span></span></label>`)}
    </fieldset>`
}
