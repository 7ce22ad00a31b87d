/** Exposure in plain words, and the watch beside it: a short form, private by default, and what was noted before. */
import { account } from "../../accounts/account.js"
import { listed } from "../../base/language.js"
import { go } from "../../base/router.js"
import { hereZone, localDay, now } from "../../base/time.js"
import { dayWords } from "../../base/time-words.js"
import { html, useState } from "../../base/ui.js"
import { Unwatched } from "../../base/unwatched.js"
import { useFields, useHalf } from "../../records/half.js"
import { useRows } from "../../records/rows.js"
import { tookPlace } from "../../records/told.js"
import { keepRow, Removed, removeRow } from "../meetings/acts.js"
import { words as session } from "../words.js"
import { answersOf, BODY, everyDays, exposureOf, isDue, isLook, MIND, needsCard, SEVERITIES, WEEKLY, YES_NO } from "./rules.js"
import { Weekly } from "./weekly.js"
import { words } from "./words.js"

const KIND = "watch"
const CRAVING = Array.from({ length: 11 }, (_, i) => String(i))

/** @typedef {import("../../records/store.js").Row} Row */

export default function Watch() {
  const sessions = useRows("treatment_session")
  const rows = useRows(KIND)
  const [kept, setKept] = useState(0)
  if (!sessions || !rows) return html`<h1>${words.title}</h1>`
  const startsAt = account.value?.day_starts_at
  const today = localDay(now(), hereZone(), startsAt)
  const given = tookPlace(sessions, now()).map(({ starts_at, zone, route }) => ({ day: localDay(starts_at, zone, startsAt), route }))
  const exposure = exposureOf(given, today)
  const every = everyDays(exposure)
  const look = rows.find(({ record }) => isLook(record.values))
  const last = look && localDay(look.at, look.record.values.zone, startsAt)
  const routes = exposure.routes.map(([route, n]) => /** @type {[string, number]} */ ([session.choice.route[route] ?? words.unsaid, n]))
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <div class="columns">
      <div>
        <section class="part"><h2>${words.exposure}</h2>
          ${exposure.sessions ? html`<p>${words.counted(exposure.sessions, exposure.last_30_days, exposure.last_60_days)} ${words.given(routes)}</p>` : html`<p>${words.none}</p>`}
          ${every && html`<p class="soft small">${isDue(exposure, last, today) ? `${words.due} ` : ""}${words.every(every)}</p>`}</section>
        <${Look} key=${kept} onKept=${() => setKept(kept + 1)} />
        <${Weekly} />
      </div>
      <aside>
        <${Removed} kind=${KIND} />
        ${rows.length > 0 && html`<h2>${words.before}</h2>
          <ul class="rows">${rows.map((row) => html`<${Noted} key=${row.id} row=${row} startsAt=${startsAt} />`)}</ul>`}
        <p class="part"><a href="#/medical">${words.card}</a></p>
      </aside>
    </div>`
}

/** @param {{onKept: () => void}} props */
function Look({ onKept }) {
  const half = useHalf(KIND, null)
  return half && html`<${Form} key=${half.draft.id} half=${half} onKept=${onKept} />`
}

/** @param {{half: import("../../records/half.js").Half, onKept: () => void}} props */
function Form({ half, onKept }) {
  const [fields, write] = useFields(half, /** @type {Record<string, string>} */ ({ audience: "me" }))
  const [trouble, setTrouble] = useState("")
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault()
    await half.atRest()
    const values = answersOf(fields)
    // As where a second press meets the next look.
    if (!Object.keys(values).length) return
    try {
      await keepRow(KIND, half.draft.id, { ...values, occurred_at: now(), zone: hereZone(), audience: fields.audience })
    } catch (fault) {
      console.info("The look was not kept.", fault)
      return setTrouble(words.not_kept)
    }
    if (needsCard(values)) go("/medical")
    else onKept()
  }
  const ask = (/** @type {string} */ name, /** @type {[string, string][]} */ choices) => html`
    <li key=${name}><label for=${`watch-${name}`}>${words.item[name]}</label>
      <select id=${`watch-${name}`} class="inline" name=${name} value=${fields[name] ?? ""}>
        <option value="">${words.not_said}</option>
        ${choices.map(([value, said]) => html`<option key=${value} value=${value}>${said}</option>`)}</select></li>`
  const strengths = SEVERITIES.map((one) => /** @type {[string, string]} */ ([one, words.strength[one]]))
  const yesNo = /** @type {[string, string][]} */ ([["no", words.no], ["yes", words.yes]])
  return html`
    <form class="part" onSubmit=${save} onChange=${(/** @type {any} */ { target }) => write({ [target.name]: target.value })} autocomplete="off">
      <h2>${words.form}</h2>
      <h3 class="part">${words.body}</h3>
      <ul class="rows">${BODY.map((name) => ask(name, strengths))}${YES_NO.map((name) => ask(name, yesNo))}</ul>
      <h3 class="part">${words.mind}</h3>
      <ul class="rows">${MIND.map((name) => ask(name, strengths))}</ul>
      <h3 class="part">${words.beside}</h3>
      <p class="soft small">${words.told}</p>
      <ul class="rows">${ask("craving", CRAVING.map((one) => [one, one]))}${ask("doses_outside_plan", yesNo)}</ul>
      <div class="field"><label for="watch-audience">${words.reader}</label>
        <select id="watch-audience" name="audience" value=${fields.audience}>
          ${Object.entries(words.audience).map(([key, said]) => html`<option key=${key} value=${key}>${said}</option>`)}</select></div>
      ${trouble && html`<p class="fault part" role="alert">${trouble}</p>`}
      <${Unwatched} />
      <div class="actions"><button class="button">${words.save}</button></div>
    </form>`
}

/** One earlier look, in words: what was there, and how strong. @param {{row: Row, startsAt?: string}} props */
function Noted({ row, startsAt }) {
  const { values } = row.record
  const felt = [...BODY, ...MIND].filter((name) => values[name] && values[name] !== "none").map((name) => `${words.item[name].toLowerCase()} (${words.strength[values[name]]})`)
  const said = [...YES_NO, "doses_outside_plan"].filter((name) => values[name]).map((name) => words.item[name].toLowerCase())
  const weekly = WEEKLY in values ? [`${words.item[WEEKLY].toLowerCase()}: ${values[WEEKLY] ? words.yes : words.no}`] : []
  const craving = values.craving ? [`${words.item.craving.toLowerCase()}: ${values.craving}`] : []
  const day = dayWords(localDay(values.occurred_at, values.zone, startsAt))
  return html`
    <li><span>${day} <span class="soft small">${listed([...felt, ...said, ...craving, ...weekly]) || words.nothing} · ${words.audience[values.audience ?? "me"]}</span></span>
      <button class="link small" type="button" aria-label=${`${words.remove}: ${day}`} onClick=${() => removeRow(row)}>${words.remove}</button></li>`
}
