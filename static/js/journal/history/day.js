/** One day of History, with the way to its month. */
import { account } from "../../accounts/account.js"
import { heard } from "../../base/database.js"
import { addDays, localDay } from "../../base/time.js"
import { dayWords } from "../../base/time-words.js"
import { html, useEffect, useState } from "../../base/ui.js"
import { Entry } from "./entry.js"
import { between } from "./reading.js"
import { byDay, isDay, withDeleted } from "./rules.js"
import { deletedRows, Said } from "./way-back.js"
import { words } from "./words.js"

/** @param {{params: Record<string, string>}} props */
export default function Day({ params: { day } }) {
  const rows = useRange(isDay(day) ? addDays(day, -1) : "", isDay(day) ? addDays(day, 3) : "")
  if (!isDay(day)) return html`<h1>${words.no_such_day}</h1><p class="lead"><a href="#/history">${words.all_days}</a></p>`
  const [, of] = byDay(withDeleted(rows ?? [], deletedRows()), account.value?.day_starts_at).find(([one]) => one === day) ?? [day, []]
  return html`
    <h1>${dayWords(day, { weekday: true, year: true })}</h1>
    <p class="lead ways"><a href=${`#/history/month/${day.slice(0, 7)}`}>${words.calendar}</a><a href="#/history">${words.all_days}</a></p>
    <${Said} />
    <div class="history">
      ${of.map((row) => html`<${Entry} key=${row.id} row=${row} />`)}
      ${rows && !of.length && html`<p class="part">${words.nothing_on_day}</p>`}
    </div>`
}

/** The rows between two instants, and again when they change; null until they are read. @param {string} from @param {string} to */
export function useRange(from, to) {
  const [rows, setRows] = useState(/** @type {import("./rules.js").Row[] | null} */ (null))
  const who = account.value?.id
  useEffect(() => {
    if (!from) return
    let isHere = true
    const read = () => between(from, to).then((found) => isHere && setRows(found))
    read()
    const stop = heard((what) => what === "records" && read())
    return () => {
      isHere = false
      stop()
    }
  }, [from, to, who])
  return rows
}
