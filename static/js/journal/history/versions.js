/** How an entry stood before: kept by the server, read when asked for, one by one. */
import { call, isStranger, Offline } from "../../base/api.js"
import { number } from "../../base/language.js"
import { instantWords } from "../../base/time-words.js"
import { html, useState } from "../../base/ui.js"
import { ratingsWords } from "../entry-words.js"
import { extrasWords, textsWords } from "../more/answers.js"
import { Words } from "./said.js"
import { words } from "./words.js"

/** @param {{row: import("./rules.js").Row}} props */
export function EarlierVersions({ row }) {
  const [said, say] = useState("")
  const [items, setItems] = useState(/** @type {any[] | null} */ (null))
  const [shown, setShown] = useState(1)
  const show = (/** @type {number} */ count, /** @type {number} */ all) => {
    setShown(count)
    say(all > 1 ? words.versions_shown(count, all) : "")
  }
  const read = async () => {
    say(words.reading)
    try {
      const found = []
      for (let cursor = ""; cursor !== null; ) {
        const { items: more, next } = await call("GET", `/api/records/${row.id}/history${cursor && `?cursor=${cursor}`}`)
        found.push(...more)
        cursor = next
      }
      // While an edit still waits to be sent, what the server shows first is earlier too.
      const earlier = found.slice(row.waiting ? 0 : 1)
      setItems(earlier)
      if (earlier.length) show(1, earlier.length)
      else say(words.no_versions)
    } catch (fault) {
      say(fault instanceof Offline ? words.versions_away : isStranger(fault) ? words.versions_signed_out : words.versions_trouble)
    }
  }
  const turn = () => {
    say("")
    if (items?.length) setItems(null)
    else read()
  }
  return html`
    <button class="link" type="button" aria-expanded=${Boolean(items?.length)} onClick=${turn}>${items?.length ? words.hide_versions : words.versions}</button>
    <p class="soft small whole" role="status">${said}</p>
    ${items?.slice(0, shown).map((one) => html`<${Version} key=${one.revision} record=${one} />`)}
    ${items && shown < items.length && html`<button class="link" type="button" onClick=${() => show(shown + 1, items.length)}>${words.one_before}</button>`}`
}

/** @param {{record: import("../../records/rules.js").Wire}} props */
function Version({ record: { values, edited_at, deleted, kind } }) {
  const said = kind === "check_in" ? [ratingsWords(values), ...extrasWords(values)]
    : [words.session[values.status ?? "happened"], values.starts_at && instantWords(values.starts_at, values.zone), values.dose_mg && words.dose(number(values.dose_mg))]
  const answers = deleted ? words.version_deleted : said.filter(Boolean).join(" · ")
  const texts = [values.note, ...textsWords(values), values.intention, values.reflection_24h, values.reflection_7d].filter(Boolean)
  return html`
    <div class="version whole"><p class="soft small">${words.version_of(instantWords(edited_at))}</p>
      ${answers && html`<p class="small">${answers}</p>`}
      ${texts.map((text) => html`<${Words} key=${text} text=${text} />`)}</div>`
}
