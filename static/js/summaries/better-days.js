/** "After the session of 4 November": better days by week, folded until somebody opens them, and not shown at night. */
import { useAnswer } from "../base/answer.js"
import { hereZone, localDay, now, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { weekWords, whyNone } from "./rules.js"

const EVENING = "22:00"
const MORNING = "05:00"

/** @param {{from: string, to: string}} props */
export function BetterDays({ from, to }) {
  const { value } = useAnswer(`/api/summary?from=${from}&to=${to}`)
  const { time } = wall(now(), hereZone())
  const sessions = (value?.sessions ?? []).filter((/** @type {any} */ session) => session.better_days)
  if (!sessions.length) return null
  if (time >= EVENING || time < MORNING) return html`<p class="soft small">The weeks after a session are shown by day.</p>`
  return html`${sessions.toReversed().map((/** @type {any} */ session) => html`<${Session} key=${session.id} session=${session} />`)}`
}

/** @param {{session: any}} props */
function Session({ session }) {
  const { weeks } = session.better_days
  const why = whyNone(weeks)
  return html`
    <details class="fold after">
      <summary><h2>After the session of ${dayWords(localDay(session.starts_at, hereZone()))}</h2></summary>
      <p class="soft small">${why || "Days clearly better than where you began. It says nothing about why."}</p>
      ${!why && html`
        <ul class="rows">${weeks.map((/** @type {any} */ week) => html`
          <li key=${week.week}><span>Week ${week.week}</span>
            <span class=${week.reading === "counted" ? "number" : "soft"}>${weekWords(week)}</span></li>`)}</ul>`}
    </details>`
}
