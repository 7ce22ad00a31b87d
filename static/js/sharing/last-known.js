/** With whom this is shared, as this device last knew it, where the network is away. */
import { account } from "../accounts/account.js"
import { lastShares } from "../accounts/open-shares.js"
import { instantWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { instantDay, scopesInWords } from "./consent-words.js"
import { words } from "./words.js"

const said = words.last_known

export function LastKnown() {
  const [shares, setShares] = useState(/** @type {import("../accounts/rules.js").Share[]} */ ([]))
  const who = account.value?.id
  useEffect(() => {
    let isHere = true
    lastShares().then((found) => isHere && setShares(found ?? []))
    return () => void (isHere = false)
  }, [who])
  if (!shares.length) return null
  const at = shares[0].known_at
  return html`
    <section class="part">
      <h2>${at ? said.on(instantWords(at)) : said.title}</h2>
      <ul class="rows">${shares.map(({ consent_id, as, name, scopes, expires_at }) => html`
        <li key=${consent_id ?? as + expires_at}><span>${name || said.as[as]}: ${scopesInWords(scopes)}
          <span class="soft small"> ${said.until(instantDay(expires_at))}</span></span></li>`)}</ul>
      <p class="soft small">${said.withdrawing}</p>
    </section>`
}
