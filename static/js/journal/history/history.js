/** The History page: every entry by day, newest first, and a search over what was written; from this device alone. */
import { signedOut } from "../../accounts/account.js"
import { SignedOut } from "../../accounts/signed-out.js"
import { hereZone, localDay, now } from "../../base/time.js"
import { html, useMemo, useState } from "../../base/ui.js"
import { sending } from "../../records/sending.js"
import { NotTaken } from "./not-taken.js"
import { useEverything, useHistory } from "./reading.js"
import { folded, isFound, termsOf, textsOf, withDeleted } from "./rules.js"
import { Sheet } from "./sheet.js"
import { deletedRows, Said } from "./way-back.js"
import { words } from "./words.js"

const PAUSE_MS = 150

export default function History() {
  const [query, setQuery] = useState("")
  const { rows, isAll, older } = useHistory()
  const terms = useMemo(() => termsOf(query), [query])
  const gone = deletedRows()
  const shown = useMemo(() => withDeleted(rows ?? [], gone), [rows, gone.length])
  if (!rows) return html`<h1>${words.title}</h1>`
  const isEmpty = isAll && !shown.length
  return html`
    <h1>${words.title}</h1>
    <p class="lead" role="status">${stateWords(rows.length > 0)}</p>
    ${signedOut.value && html`<${SignedOut} />`}
    <${Said} />
    <${NotTaken} />
    ${isEmpty ? html`<p class="part">${words.empty}</p>` : html`
      <${Ways} onQuery=${setQuery} />
      <div class="history">
        ${terms.length ? html`<${Found} terms=${terms} />` : html`<${Sheet} rows=${shown} onEnd=${isAll ? undefined : older} />`}
      </div>`}`
}

/** @param {{onQuery: (query: string) => void}} props */
function Ways({ onQuery }) {
  const [timer, setTimer] = useState(/** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined))
  const typed = (/** @type {any} */ event) => {
    const { value } = event.target
    clearTimeout(timer)
    setTimer(setTimeout(() => onQuery(value), PAUSE_MS))
  }
  return html`
    <form autocomplete="off" class="find" role="search" onSubmit=${(/** @type {any} */ e) => e.preventDefault()}>
      <div class="field"><label for="find">${words.search}</label>
        <input id="find" type="search" autocomplete="off" aria-describedby="find-about" onInput=${typed} />
        <p id="find-about" class="soft smallest">${words.search_about}</p></div>
      <a class="to-calendar" href=${`#/history/month/${localDay(now(), hereZone()).slice(0, 7)}`}>${words.calendar}</a>
    </form>`
}

/** @param {{terms: string[]}} props */
function Found({ terms }) {
  const rows = useEverything(true)
  const plain = useMemo(() => rows?.map((row) => ({ row, texts: textsOf(row.record).map(folded) })), [rows])
  const found = useMemo(() => plain?.filter(({ texts }) => isFound(texts, terms)).map(({ row }) => row), [plain, terms])
  if (!found) return null
  return html`
    <p class="part" role="status">${found.length ? words.found(found.length) : words.nothing_found}</p>
    <${Sheet} key=${terms.join(" ")} rows=${found} terms=${terms} />`
}

/** @param {boolean} isAny entry shown */
function stateWords(isAny) {
  const { waiting, state } = sending.value
  if (!isAny) return ""
  if (state === "guest") return words.guest
  if (signedOut.value) return ""
  return waiting ? words.waiting(waiting) : words.sent
}
