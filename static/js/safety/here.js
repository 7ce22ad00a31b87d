/** "Here and now": one very quiet page for somebody who feels far away. It needs no network, no account and no open lock. */
import { journal } from "../accounts/account.js"
import { addDays, hereZone, now } from "../base/time.js"
import { html, useEffect, useLayoutEffect, useState } from "../base/ui.js"
import { all } from "../records/store.js"
import { ownSentences, timeSentence } from "./here-words.js"
import { planNow } from "./plan-kept.js"
import { words } from "./words.js"

const MINUTE_MS = 60_000
const LOOKS_BACK_DAYS = 180
const NOTHING = { lines: [], back: [] }

export default function Here() {
  const at = useMinute()
  const [own, setOwn] = useState(/** @type {{lines: string[], back: string[]}} */ (NOTHING))
  useEffect(() => {
    let isHere = true
    // Where the records can't be opened, because they are locked or not there, the time still stands.
    ownWords(at).catch(() => NOTHING).then((found) => isHere && setOwn(found))
    return () => void (isHere = false)
  }, [at])
  useLayoutEffect(() => {
    const { dataset } = document.documentElement
    dataset.still = "yes"
    return () => delete dataset.still
  }, [])
  return html`
    <div class="here">
      <h1>${timeSentence(at, hereZone())}</h1>
      ${own.lines.map((line) => html`<p key=${line}>${line}</p>`)}
      ${own.back.length > 0 && html`<h2>${words.here.back}</h2><ul>${own.back.map((text) => html`<li key=${text}>${text}</li>`)}</ul>`}
      <ul>${words.here.senses.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
      <div class="actions"><a class="plain" href="#/">${words.here.out}</a></div>
    </div>`
}

/** The present instant, anew with each minute of the clock. */
function useMinute() {
  const [at, setAt] = useState(now())
  useEffect(() => {
    const next = setTimeout(() => setAt(now()), MINUTE_MS - (Date.parse(at) % MINUTE_MS))
    return () => clearTimeout(next)
  }, [at])
  return at
}

/** @param {string} at */
async function ownWords(at) {
  const db = await journal()
  const from = addDays(at.slice(0, 10), -LOOKS_BACK_DAYS)
  const [sessions, entries, told] = await Promise.all([all(db, "treatment_session", from), all(db, "check_in", from), planNow()])
  return ownSentences({ now: at, zone: hereZone(), sessions, entries, plan: told && { record: told } })
}
