/** What one response came to: folded until it is opened, and not at night or straight after it was filled in. */
import { number } from "../base/language.js"
import { hereZone, now, wall } from "../base/time.js"
import { html } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { counted } from "../records/rules.js"
import { tookPlace } from "../records/told.js"
import { knownBy } from "./known.js"
import { isComplete, whyLater } from "./rules.js"
import { highestOf, toldOf } from "./scores.js"
import { words } from "./words.js"

/** "PHQ-9, not all answered". @param {Record<string, any>} values */
export function formWords({ instrument, answers = {} }) {
  const known = knownBy(instrument)
  return known ? words.entry(known.title, isComplete(known, answers)) : words.entry(String(instrument).toUpperCase(), true)
}

/** @param {{row: import("../records/store.js").Row}} props */
export function Score({ row }) {
  const sessions = useRows("treatment_session")
  const { edited_at } = row.record
  const values = counted(row.record)
  const instrument = knownBy(values.instrument)
  if (!instrument || !sessions) return null
  const [told] = toldOf(instrument, [values], tookPlace(sessions, now()))
  if (!told) return html`<p class="soft small">${words.incomplete}</p>`
  const why = whyLater(wall(now(), hereZone()).time, [edited_at], now())
  if (why) return html`<p class="soft small">${words.later[why]}</p>`
  const { total, band, spans } = told
  return html`
    <details class="behind"><summary>${words.comes_to}</summary>
      <p class="small">${words.total(number(total), number(highestOf(instrument) ?? 0))}${band && ` · ${words.band[band] ?? band}`}
        <span class="soft"> ${instrument.change && words.better[instrument.change.better]} ${spans && words.averages}</span></p></details>`
}
