/** What followed the sessions, for a reader: better days by week, and every entry by the time since, drawn as on the person's own phone. */
import { html, useState } from "../base/ui.js"
import { Curves } from "../summaries/curves-chart.js"
import { words as own } from "../summaries/words.js"
import { sessionDay } from "./reading.js"
import { betterRows, startInWords } from "./reading-words.js"
import { words } from "./reader-words.js"

const said = words.brief

/**
 * Open for the reader. Folded on the person's own phone, and not at night or straight after something was written.
 * @param {{sessions: any[], start: any, isOwn: boolean, why: "" | "night" | "fresh"}} props
 */
export function Following({ sessions, start, isOwn, why }) {
  const [isOpen, setOpen] = useState(false)
  const better = html`<${Better} ...${{ sessions, start }} />`
  const curves = html`<${Curves} curves=${sessions.map((one) => ({ ...one, day: sessionDay(one) }))} start=${start.mood} />`
  if (why) return html`<section class="part"><h2>${own.after}</h2><p class="soft small">${own.not_now[why]} ${words.measures.they_see_now}</p></section>`
  if (!isOwn) {
    return html`
      <section class="part"><h2>${said.better}</h2>${better}</section>
      <section class="part since no-print"><h2>${own.after}</h2>${curves}</section>`
  }
  return html`
    <details class="fold part since" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary><h2>${own.after}</h2></summary>
      <div>${isOpen && html`<h3>${said.better}</h3>${better}${curves}`}</div>
    </details>`
}

/** @param {{sessions: any[], start: any}} props */
function Better({ sessions, start }) {
  const rows = betterRows(sessions)
  return html`
    <p class="soft small">${startInWords(start)}</p>
    ${rows.length > 0 && html`
      <div class="scrolls" tabindex="0" role="group" aria-label=${said.by_week}><table>
        <thead><tr><th scope="col">${said.after}</th>${[1, 2, 3, 4].map((week) => html`<th scope="col">${said.week(week)}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.id}><th scope="row">${row.after}</th>${row.weeks.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table></div>`}`
}
