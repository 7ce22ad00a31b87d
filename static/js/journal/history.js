/** The History page: every entry by day, newest first, from this device alone. */
import { account, signedOut } from "../accounts/account.js"
import { dayWords, localDay } from "../base/time.js"
import { html, useEffect, useState } from "../base/ui.js"
import { sending } from "../records/sending.js"
import { useRows } from "../records/rows.js"
import { Deleted, Entry, forgetDeleted } from "./entry.js"

const DAYS_AT_ONCE = 30

export default function History() {
  const entries = useRows("check_in")
  const sessions = useRows("treatment_session")
  const [count, setCount] = useState(DAYS_AT_ONCE)
  useEffect(() => forgetDeleted, [])
  if (!entries || !sessions) return html`<h1>History</h1>`
  const days = byDay([...entries, ...sessions], account.value?.day_starts_at)
  return html`
    <h1>History</h1>
    <p class="lead" role="status">${stateWords(days.length)}</p>
    <${Deleted} />
    <div class="history">
      ${days.slice(0, count).map(([day, rows]) => html`
        <section key=${day} class="day">
          <h2>${dayWords(day, { weekday: true })}</h2>
          ${rows.map((row) => html`<${Entry} key=${row.id} row=${row} />`)}
        </section>`)}
      ${!days.length && html`<p class="part">What you save on Today stands here, day by day.</p>`}
      ${days.length > count && html`
        <div class="actions"><button class="plain" type="button" onClick=${() => setCount(count + DAYS_AT_ONCE)}>Older days</button></div>`}
    </div>`
}

/** @param {import("../records/store.js").Row[]} rows @param {string} [startsAt] */
function byDay(rows, startsAt) {
  /** @type {Map<string, import("../records/store.js").Row[]>} */
  const days = new Map()
  for (const row of rows.toSorted((a, b) => (a.at < b.at ? 1 : -1))) {
    const day = localDay(row.at, row.record.values.zone, startsAt)
    days.set(day, [...(days.get(day) ?? []), row])
  }
  return [...days].toSorted(([a], [b]) => (a < b ? 1 : -1))
}

/** @param {number} count */
function stateWords(count) {
  const { waiting, state } = sending.value
  if (!count) return ""
  if (state === "guest") return "All of it is on this device only. With an account it is also kept safe elsewhere."
  if (signedOut.value) return html`${waiting ? `${waiting} not yet sent. ` : ""}<a href="#/sign-in">Sign in again to send</a>`
  return waiting ? `${waiting} not yet sent; kept on this device.` : "On this device, and sent."
}
