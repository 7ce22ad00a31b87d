/** Recording a treatment session: "It starts now" is one tap; another day, past or planned, is a short form. */
import { journal } from "../accounts/account.js"
import { Field } from "../base/fault.js"
import { uuid7 } from "../base/ids.js"
import { go } from "../base/router.js"
import { hereZone, instantOf, now, wall } from "../base/time.js"
import { html, useEffect, useState } from "../base/ui.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep, one } from "../records/store.js"
import { doseFault, ROUTES, STATUSES, valuesOf } from "./rules.js"

const KIND = "treatment_session"

/** @param {{params: Record<string, string>}} props */
export default function Session({ params }) {
  const [row, setRow] = useState(/** @type {import("../records/store.js").Row | null} */ (null))
  useEffect(() => {
    if (params.id) journal().then((db) => one(db, params.id)).then((found) => (found ? setRow(found) : go("/history", { replace: true })))
  }, [params.id])
  if (params.id && !row) return html`<h1>A session</h1>`
  return html`
    <h1>A session</h1>
    <p class="lead">It is marked // in your trends. The days around it can then be read beside it.</p>
    ${!row && html`
      <section class="part"><button class="button" type="button" onClick=${() => save(uuid7(), { starts_at: now(), zone: hereZone(), status: "happened" })}>It starts now</button>
        <p class="soft small">One tap. The rest can be added later, from History. For six hours from then on, giving a share and erasing the account wait.</p></section>
      <h2 class="part">Or another time</h2>`}
    <${Form} row=${row} />`
}

/** @param {{row: import("../records/store.js").Row | null}} props */
function Form({ row }) {
  const values = row?.record.values ?? {}
  const zone = values.zone ?? hereZone()
  const began = values.starts_at ? wall(values.starts_at, zone) : null
  const [fault, setFault] = useState("")
  const [isPlanned, setPlanned] = useState(values.status === "planned")

  const submit = (/** @type {any} */ event) => {
    event.preventDefault()
    const form = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    const wrong = doseFault(form.dose)
    setFault(wrong)
    if (wrong) return document.getElementById("dose")?.focus()
    const starts_at = began && form.starts === `${began.day}T${began.time}` ? values.starts_at : instantOf(form.starts, zone)
    const status = form.status ?? (starts_at > now() ? "planned" : "happened")
    const { dose_mg: _dose, route: _route, ...beside } = values
    return save(row?.id ?? uuid7(), { ...beside, ...valuesOf({ ...form, starts_at, zone, status }) })
  }

  return html`
    <form onSubmit=${submit}>
      <${Field} name="starts" label="Day and time" type="datetime-local" required defaultValue=${began ? `${began.day}T${began.time}` : ""}
        onInput=${(/** @type {any} */ e) => setPlanned(Boolean(e.target.value) && instantOf(e.target.value, zone) > now())} />
      ${row
        ? html`<div class="field"><label for="status">What became of it</label>
            <select id="status" name="status">
              ${Object.entries(STATUSES).map(([key, words]) => html`<option value=${key} defaultSelected=${key === (values.status ?? "happened")}>${words}</option>`)}</select></div>`
        : isPlanned && html`<p class="soft small">It is still to come, so it is kept as planned.</p>`}
      <div class="field"><label for="route">How it was given, if you like</label>
        <select id="route" name="route"><option value="">not said</option>
          ${Object.entries(ROUTES).map(([key, words]) => html`<option value=${key} defaultSelected=${key === values.route}>${words}</option>`)}</select></div>
      <${Field} name="dose" label="Dose in milligrams, if you know it" inputmode="decimal" defaultValue=${values.dose_mg ?? ""} fault=${fault} />
      <div class="actions"><button class="button">Save</button>
        <a href=${row ? "#/history" : "#/trends"}>Leave it</a></div>
    </form>`
}

/** @param {string} id @param {Record<string, any>} values */
async function save(id, values) {
  await keep(await journal(), KIND, id, values, now())
  sendNow()
  sendLater()
  go("/history")
}
