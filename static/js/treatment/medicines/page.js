/** Medicines: what is taken beside the sessions, in the person's own words, each with whoever may read it. */
import { account } from "../../accounts/account.js"
import { Field, toFault } from "../../base/fault.js"
import { hereZone, localDay, now } from "../../base/time.js"
import { dayWords } from "../../base/time-words.js"
import { html, useState } from "../../base/ui.js"
import { Unwatched } from "../../base/unwatched.js"
import { useFields, useHalf } from "../../records/half.js"
import { useRows } from "../../records/rows.js"
import { keepRow, Removed, removeRow } from "../meetings/acts.js"
import { faultIn, medicineOf, sorted } from "./rules.js"
import { words } from "./words.js"

const KIND = "medication"

/** @typedef {import("../../records/store.js").Row} Row */

export default function Medicines() {
  const rows = useRows(KIND)
  const [changed, setChanged] = useState(/** @type {Row | "new" | null} */ (null))
  if (!rows) return html`<h1>${words.title}</h1>`
  const today = localDay(now(), hereZone(), account.value?.day_starts_at)
  const { taken, before } = sorted(rows, today)
  const one = (/** @type {Row} */ row) => html`<${Medicine} key=${row.id} ...${{ row, today }} onChange=${() => setChanged(row)} />`
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    ${changed
      ? html`<${Writing} key=${changed === "new" ? "new" : changed.id} ...${{ today, row: changed === "new" ? null : changed }} onDone=${() => setChanged(null)} />`
      : html`<p class="part"><button class="button" type="button" onClick=${() => setChanged("new")}>${words.note}</button></p>`}
    <${Removed} kind=${KIND} />
    ${!rows.length && html`<p class="soft part">${words.none}</p>`}
    ${taken.length > 0 && html`<section class="part"><h2>${words.taken}</h2>${taken.map(one)}</section>`}
    ${before.length > 0 && html`<details class="fold part" open=${!taken.length}><summary>${words.before(before.length)}</summary>${before.map(one)}</details>`}
    <p class="soft small part">${words.no_advice}</p>`
}

/** @param {{row: Row, today: string, onChange: () => void}} props */
function Medicine({ row, today, onChange }) {
  const { name, dose_text, from, to, audience = "me" } = row.record.values
  // What another device called it, or how much, until somebody saves one.
  const others = ["name", "dose_text"].flatMap((field) => row.record.alternatives[field] ?? [])
  const when = !to ? words.since(dayWords(from)) : to < today ? words.span(dayWords(from), dayWords(to)) : `${words.since(dayWords(from))}, ${words.last_day(dayWords(to))}`
  const stop = () => {
    // The page may have been drawn days ago.
    const last = localDay(now(), hereZone(), account.value?.day_starts_at)
    return keepRow(KIND, row.id, { ...row.record.values, to: last > from ? last : from }, row.record)
  }
  return html`
    <article class="part">
      <h3 class="said">${[name, dose_text].filter(Boolean).join(", ")}</h3>
      ${others.map((other) => html`<p key=${other} class="said">${other}</p>`)}
      <p class="soft small">${when} · ${words.audience[audience]}</p>
      <p class="ways">
        <button class="link" type="button" aria-label=${`${words.change}: ${name}`} onClick=${onChange}>${words.change}</button>
        ${!to && html`<button class="link" type="button" aria-label=${`${words.stop}: ${name}`} onClick=${stop}>${words.stop}</button>`}
        <button class="link" type="button" aria-label=${`${words.remove}: ${name}`} onClick=${() => removeRow(row)}>${words.remove}</button></p>
    </article>`
}

/** @param {{row: Row | null, today: string, onDone: () => void}} props */
function Writing({ row, today, onDone }) {
  const half = useHalf(KIND, row?.id ?? null, row?.record)
  return half && html`<${Form} key=${half.draft.id} ...${{ half, today, onDone }} values=${(half.draft.shown ?? row?.record)?.values ?? {}} />`
}

/** @param {{half: import("../../records/half.js").Half, values: Record<string, any>, today: string, onDone: () => void}} props */
function Form({ half, values, today, onDone }) {
  const [fields, write] = useFields(half, /** @type {Record<string, string>} */ ({
    name: values.name ?? "", dose_text: values.dose_text ?? "", from: values.from ?? today, to: values.to ?? "", audience: values.audience ?? "me",
  }))
  const [trouble, setTrouble] = useState("")
  const wrong = faultIn(fields)
  const [isTold, setTold] = useState(false)
  const fault = (/** @type {"name" | "from" | "to"} */ name) => (isTold && wrong === name ? words.fault[name] : "")
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault()
    setTold(true)
    if (wrong) return toFault()
    await half.atRest()
    try {
      await keepRow(KIND, half.draft.id, medicineOf(values, fields), half.draft.shown)
      onDone()
    } catch (reason) {
      console.info("The medicine was not kept.", reason)
      setTrouble(words.not_kept)
    }
  }
  return html`
    <form class="part" novalidate onSubmit=${save} onInput=${(/** @type {any} */ { target }) => write({ [target.name]: target.value })} autocomplete="off">
      <${Field} name="name" label=${words.name} maxlength="200" value=${fields.name} fault=${fault("name")} />
      <${Field} name="dose_text" label=${words.dose} maxlength="200" value=${fields.dose_text} />
      <${Field} name="from" label=${words.from} type="date" value=${fields.from} fault=${fault("from")} />
      <${Field} name="to" label=${words.to} type="date" value=${fields.to} fault=${fault("to")} />
      <div class="field"><label for="medicine-audience">${words.reader}</label>
        <select id="medicine-audience" name="audience" value=${fields.audience}>
          ${Object.entries(words.audience).map(([key, said]) => html`<option key=${key} value=${key}>${said}</option>`)}</select></div>
      ${trouble && html`<p class="fault part" role="alert">${trouble}</p>`}
      <${Unwatched} />
      <div class="actions"><button class="button">${words.save}</button>
        <button class="link" type="button" onClick=${async () => { await half.drop(); onDone() }}>${words.leave}</button></div>
    </form>`
}
