/** The people a person noted for the night of a session, with their numbers: nearer than any line, so they stand before those. */
import { account, locked } from "../accounts/account.js"
import { html, useEffect, useState } from "../base/ui.js"
import { nearNow } from "./plan-kept.js"
import { telOf } from "./rules.js"
import { words } from "./words.js"

const said = words.help

export function NearNumbers() {
  const [near, setNear] = useState(/** @type {Awaited<ReturnType<typeof nearNow>>} */ ({}))
  const [who, isLocked] = [account.value, locked.value]
  useEffect(() => {
    let isHere = true
    // Where it can't be read the lines below still stand.
    nearNow().catch(() => ({})).then((found) => isHere && setNear(found))
    return () => void (isHere = false)
  }, [who, isLocked])
  const lines = /** @type {const} */ ([[said.with_you, near.who, near.who_number], [said.clinic, "", near.clinic_number]]).filter(([, name, number]) => name || number)
  if (!lines.length) return null
  return html`
    <h2 class="part">${said.noted}</h2>
    <ul class="rows numbers">${lines.map(([what, name, number]) => html`
      <li key=${what}><span>${name || what}${name && html`<span class="soft small"> ${what}</span>`}</span> ${number && html`<${Number} number=${number} />`}</li>`)}</ul>`
}

/** What was typed there may be no number. @param {{number: string}} props */
const Number = ({ number }) =>
  /\d/.test(number) ? html`<a class="number" href=${telOf(number)} aria-label=${said.call(number)}>${number}</a>` : html`<span>${number}</span>`
