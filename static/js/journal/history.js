/** The History page: every entry by day, newest first, from this device alone. */
import { account, journal, signedOut } from "../accounts/account.js"
import { SignedOut } from "../accounts/signed-out.js"
import { addDays, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { sending } from "../records/sending.js"
import { latestBefore } from "../records/store.js"
import { Entry } from "./entry.js"
import { deletedRows, Said } from "./way-back.js"

const DAYS_AT_ONCE = 45

export default function History() {
  const [from, setFrom] = useState(daysBefore(now()))
  const [older, setOlder] = useState(/** @type {string | undefined} */ (undefined))
  const entries = useRows("check_in", from)
  const sessions = useRows("treatment_session", from)
  useEffect(() => void olderThan(from).then(setOlder), [from, entries])
  // After a long silence the page does not stand empty.
  useEffect(() => {
    if (older && entries?.length === 0 && sessions?.length === 0) setFrom(daysBefore(older))
  }, [older, entries, sessions])
  if (!entries || !sessions) return html`<h1>History</h1>`
  const days = byDay(withDeleted([...entries, ...sessions]), account.value?.day_starts_at)
  return html`
    <h1>History</h1>
    <p class="lead" role="status">${stateWords(days.length)}</p>
    ${signedOut.value && html`<${SignedOut} />`}
    <${Said} />
    <div class="history">
      ${days.map(([day, rows]) => html`
        <section key=${day} class="day">
          <h2>${dayWords(day, { weekday: true })}</h2>
          ${rows.map((row) => html`<${Entry} key=${row.id} row=${row} />`)}
        </section>`)}
      ${!days.length && !older && html`<p class="part">What you save on Today stands here, day by day.</p>`}
      ${older && html`
        <div class="actions"><button class="plain" type="button" onClick=${() => setFrom(daysBefore(older))}>Older days</button></div>`}
    </div>`
}

/** @param {string} instant */
const daysBefore = (instant) => addDays(instant.slice(0, 10), -DAYS_AT_ONCE)

/** When the newest of what is not shown was. @param {string} from */
async function olderThan(from) {
  const db = await journal()
  const found = await Promise.all(["check_in", "treatment_session"].map((kind) => latestBefore(db, kind, from)))
  return found.filter((at) => at !== undefined).toSorted().at(-1)
}

/** What was deleted here a moment ago keeps its place. @param {import("../records/store.js").Row[]} rows */
function withDeleted(rows) {
  const ids = new Set(rows.map(({ id }) => id))
  return [...rows, ...deletedRows().filter(({ id }) => !ids.has(id))]
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

/** @param {number} count of days shown */
function stateWords(count) {
  const { waiting, state } = sending.value
  if (!count) return ""
  if (state === "guest") return "All of it is on this device only. With an account it is also kept safe elsewhere."
  if (signedOut.value) return ""
  return waiting ? `${waiting} not yet sent; kept on this device.` : "On this device, and sent."
}
