/** Meetings: when, with whom, and what was agreed to try. */
import { Field } from "../../base/fault.js"
import { hereZone, instantOf, now, wall } from "../../base/time.js"
import { instantWords } from "../../base/time-words.js"
import { html, useState } from "../../base/ui.js"
import { useFields, useHalf } from "../../records/half.js"
import { keepRow, Removed, removeRow } from "./acts.js"
import { meetingOf } from "./rules.js"
import { words } from "./words.js"

const KIND = "meeting"

/** @typedef {import("../../records/store.js").Row} Row */

/** @param {{rows: Row[]}} props newest first */
export function Meetings({ rows }) {
  const [changed, setChanged] = useState(/** @type {Row | "new" | null} */ (null))
  return html`
    <section><h2>${words.meetings}</h2>
      <${Removed} kind=${KIND} />
      ${changed
        ? html`<${Writing} key=${changed === "new" ? "new" : changed.id} row=${changed === "new" ? null : changed} onDone=${() => setChanged(null)} />`
        : html`<p><button class="link" type="button" onClick=${() => setChanged("new")}>${words.note_meeting}</button></p>`}
      ${!rows.length && html`<p class="soft small">${words.no_meeting}</p>`}
      ${rows.map((row) => html`<${Meeting} key=${row.id} row=${row} onChange=${() => setChanged(row)} />`)}
    </section>`
}

/** @param {{row: Row, onChange: () => void}} props */
function Meeting({ row, onChange }) {
  const { starts_at, zone = hereZone(), with: whom, agreed = [] } = row.record.values
  const others = Object.values(row.record.alternatives.agreed ?? {}).flat().filter((line) => !agreed.includes(line))
  const at = instantWords(starts_at, zone)
  return html`
    <article class="part">
      <h3>${at}</h3>
      <p class="soft small">${[whom, starts_at > now() && words.ahead].filter(Boolean).join(", ")}</p>
      <ul>${[...agreed, ...others].map((line) => html`<li key=${line}>${line}</li>`)}</ul>
      <p class="ways"><button class="link" type="button" aria-label=${`${words.change}: ${at}`} onClick=${onChange}>${words.change}</button>
        <button class="link" type="button" aria-label=${`${words.remove}: ${at}`} onClick=${() => removeRow(row)}>${words.remove}</button></p>
    </article>`
}

/** @param {{row: Row | null, onDone: () => void}} props */
function Writing({ row, onDone }) {
  const half = useHalf(KIND, row?.id ?? null, row?.record)
  return half && html`<${Form} key=${half.draft.id} half=${half} values=${(half.draft.shown ?? row?.record)?.values ?? {}} onDone=${onDone} />`
}

/** @param {{half: import("../../records/half.js").Half, values: Record<string, any>, onDone: () => void}} props */
function Form({ half, values, onDone }) {
  const zone = values.zone ?? hereZone()
  const began = values.starts_at ? wall(values.starts_at, zone) : null
  const [fields, write] = useFields(half, /** @type {Record<string, string>} */ ({
    starts: began ? `${began.day}T${began.time}` : "", with: values.with ?? "", agreed: (values.agreed ?? []).join("\n"),
  }))
  const [trouble, setTrouble] = useState("")
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault()
    await half.atRest()
    const form = { starts_at: instantOf(fields.starts, zone), zone, with: fields.with, agreed: fields.agreed }
    try {
      await keepRow(KIND, half.draft.id, meetingOf(values, form), half.draft.shown)
      onDone()
    } catch (fault) {
      console.info("The meeting was not kept.", fault)
      setTrouble(words.not_kept)
    }
  }
  return html`
    <form onSubmit=${save} onInput=${(/** @type {any} */ { target }) => write({ [target.name]: target.value })} autocomplete="off">
      <${Field} name="starts" label=${words.starts} type="datetime-local" required value=${fields.starts} />
      <${Field} name="with" label=${words.with} maxlength="200" value=${fields.with} />
      <div class="field"><label for="agreed">${words.agreed}</label>
        <textarea autocomplete="off" id="agreed" name="agreed" rows="3" maxlength="2000" value=${fields.agreed}></textarea></div>
      ${trouble && html`<p class="fault part" role="alert">${trouble}</p>`}
      <div class="actions"><button class="button">${words.save}</button>
        <button class="link" type="button" onClick=${async () => { await half.drop(); onDone() }}>${words.leave}</button></div>
    </form>`
}
