/** One consent as its patient sees it: whom it names, what it opens, until when, and how to close it. */
import { html, useState } from "../base/ui.js"
import { daysWords, heading, instantDay, looksWords, scopesInWords, silenceWords, stateWords } from "./consent-words.js"
import { isOpen } from "./rules.js"
import { Silence } from "./silence.js"
import { words } from "./words.js"

/** @param {{consent: import("./rules.js").Consent, onWithdraw?: () => Promise<void>, onChanged?: () => Promise<void>}} props */
export function ConsentPart({ consent, onWithdraw, onChanged }) {
  const [busy, setBusy] = useState(false)
  const said = words.consent
  const withdraw = async () => {
    setBusy(true)
    await onWithdraw?.()
    setBusy(false)
  }
  return html`
    <section class="part consent">
      <h2>${heading(consent)}</h2>
      <p class="soft small">${stateWords(consent)}</p>
      <dl class="facts">
        <div><dt>${said.sees}</dt><dd>${scopesInWords(consent.scopes)}</dd></div>
        <div><dt>${said.days}</dt><dd>${daysWords(consent)}</dd></div>
        <div><dt>${isOpen(consent) ? said.until : said.was_until}</dt><dd>${instantDay(consent.expires_at)}</dd></div>
        <div><dt>${said.looked}</dt><dd>${looksWords(consent)}</dd></div>
        ${isOpen(consent) && consent.quiet_after_days && html`<div><dt>${said.told}</dt><dd>${silenceWords(consent)}</dd></div>`}
      </dl>
      ${isOpen(consent) && html`
        ${onChanged && html`<${Silence} ...${{ consent, onChanged }} />`}
        <div class="actions"><a class="plain" href=${`#/share/${consent.id}`}>${said.preview}</a></div>
        <div class="actions close"><button class="plain" type="button" disabled=${busy} onClick=${withdraw}>${said.withdraw}</button></div>
        <p class="soft small">${said.withdrawing}</p>`}
    </section>`
}
