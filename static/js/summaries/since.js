/** What followed each session, on one axis of days since it: folded until it is opened, from what lies on this device. */
import { account } from "../accounts/account.js"
import { hereZone, localDay, now } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { coursesOf } from "../records/told.js"
import { BetterDays } from "./better-days.js"
import { curvesOf } from "./curves.js"
import { Curves } from "./curves-chart.js"
import { moodsOf, writtenThen } from "./rules.js"
import { startOf } from "./weeks.js"
import { words } from "./words.js"

/** @param {{sessions: import("../records/told.js").Session[]}} props that took place, oldest first */
export function Since({ sessions }) {
  const [isOpen, setOpen] = useState(false)
  return html`
    <details class="fold since" onToggle=${(/** @type {any} */ event) => setOpen(event.target.open)}>
      <summary><h2>${words.after}</h2></summary>
      ${isOpen ? html`<${Opened} sessions=${sessions} />` : html`<p></p>`}
    </details>`
}

/** @param {{sessions: import("../records/told.js").Session[]}} props */
function Opened({ sessions }) {
  const entries = useRows("check_in")
  const courses = useRows("course")
  if (!entries || !courses) return html`<p class="soft small" role="status">${words.reading}</p>`
  const startsAt = account.value?.day_starts_at
  const today = localDay(now(), hereZone(), startsAt)
  const dated = sessions.map(({ id, starts_at, zone, course_id }) => ({ id, course_id, day: localDay(starts_at, zone, startsAt) }))
  const moods = moodsOf(writtenThen(entries), sessions, startsAt)
  const start = startOf(dated, moodsOf(entries, sessions, startsAt), today, coursesOf(courses))
  return html`
    <div>
      <${BetterDays} ...${{ sessions: dated, start: start.mood, moods, today }} />
      <${Curves} curves=${curvesOf(entries, sessions, { from: "", to: today }, startsAt)} start=${start.mood} />
    </div>`
}
