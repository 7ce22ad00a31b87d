/** The person's own words about a session: an intention before it, reflections after, each beside what was written then. */
import { journal } from "../accounts/account.js"
import { now } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { html, useEffect, useRef, useState } from "../base/ui.js"
import { Unwatched } from "../base/unwatched.js"
import { draftOf, dropDraft, keepDraft, soon } from "../records/drafts.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep } from "../records/store.js"
import { quotesFor } from "./rules.js"
import { words } from "./words.js"

const LONGEST = 20_000

/** @typedef {import("../records/store.js").Row} Row */
/** @typedef {import("./rules.js").Own} Field */

/** The writer of what is half written on the open page. @type {ReturnType<typeof soon> | null} */
let writing = null

/** Done once what is half written is on disk. */
export const atRest = () => writing?.flush()

/** @param {{row: Row, fields: Field[], entries: Row[], act: unknown}} props `act`: what was last done to the session may have taken half words with it, or brought them back */
export function OwnWords({ row, fields, entries, act }) {
  const [half, setHalf] = useState(/** @type {Record<string, string> | null} */ (null))
  const [kept, setKept] = useState("")
  const latest = useRef(/** @type {Record<string, string>} */ ({}))
  const draft = useRef(/** @type {ReturnType<typeof soon> | null} */ (null))
  const draftFor = (/** @type {Record<string, string>} */ texts) =>
    (Object.keys(texts).length ? { id: row.id, kind: row.kind, isNew: false, fields: texts, touched_at: now(), shown: row.record } : null)
  useEffect(() => {
    const before = atRest()
    const writer = (writing = draft.current = soon(async () => {
      const half = draftFor(latest.current)
      await (half ? keepDraft(await journal(), half) : dropDraft(await journal(), row.id))
    }))
    const flush = () => void writer.flush()
    addEventListener("pagehide", flush)
    const texts = latest.current
    Promise.resolve(before).then(journal).then((db) => draftOf(db, row.id))
      .then((found) => latest.current === texts && setHalf((latest.current = found?.fields ?? {})))
    return () => {
      removeEventListener("pagehide", flush)
      flush()
    }
  }, [row.id, act])
  if (!half) return null
  const write = (/** @type {Record<string, string>} */ texts) => setHalf((latest.current = texts))
  const save = async (/** @type {Field} */ field) => {
    const texts = latest.current
    const { [field]: text = "", ...others } = texts
    await draft.current?.flush()
    const { [field]: _before, ...values } = row.record.values
    await keep(await journal(), row.kind, row.id, text.trim() ? { ...values, [field]: text.trim() } : values, now(), [field], row.record, draftFor(others))
    // What was typed meanwhile is half written.
    if (latest.current === texts) write(others)
    else draft.current?.touch()
    setKept(field)
    sendNow()
    sendLater()
  }
  // What is half written stands here also where nothing asks for it any more.
  const shown = [...new Set([...fields, .../** @type {Field[]} */ (Object.keys(half))])]
  return html`${shown.length > 0 && html`<${Unwatched} />`}${shown.map((field, i) => html`
    <${One} key=${field} ...${{ field, row, entries, isFirst: i === 0 }} text=${half[field]} isKept=${kept === field} onSave=${() => save(field)}
      onWrite=${(/** @type {string} */ text) => {
        write({ ...latest.current, [field]: text })
        setKept("")
        draft.current?.touch()
      }} />`)}`
}

/** @param {any} props */
function One({ field, row, entries, isFirst, text, isKept, onSave, onWrite }) {
  const own = words.own[/** @type {Field} */ (field)]
  // Both, where it was written on two devices: what is kept then decides.
  const before = [row.record.values[field], ...(row.record.alternatives[field] ?? [])].filter(Boolean).join("\n\n")
  // Once on the page is enough.
  const quotes = isFirst ? quotesFor(field, row.record.values, entries) : []
  const isWriting = text !== undefined || !before
  return html`
    <section class="part own-words">
      <h2>${isWriting ? html`<label for=${field}>${own.ask}</label>` : own.then}</h2>
      ${isWriting && quotes.map(({ of, text: said, values }) => html`
        <figure key=${said}><figcaption class="soft small">${of === "entry" ? words.wrote(instantWords(values?.occurred_at, values?.zone)) : words.own[of].then}</figcaption>
          <blockquote class="quote said">${said}</blockquote></figure>`)}
      ${isWriting
        ? html`
          <p class="soft small" id=${`${field}-hint`}>${own.hint}</p>
          <div class="field"><textarea autocomplete="off" id=${field} rows="3" maxlength=${LONGEST} aria-describedby=${`${field}-hint`} value=${text ?? before} onInput=${(/** @type {any} */ e) => onWrite(e.target.value)}></textarea></div>
          ${text !== undefined && html`<div class="actions"><button class="button" type="button" onClick=${onSave}>${words.keep}</button></div>`}`
        : html`<blockquote class="quote said">${before}</blockquote>
          <button class="link small" type="button" onClick=${() => onWrite(before)}>${words.change_words}</button>`}
      <p class="soft small" role="status">${isKept && words.kept}</p>
    </section>`
}
