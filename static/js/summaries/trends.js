/** The Trends page: lines over a period, and what followed each session, from what lies on this device; works without a network. */
import { account, journal } from "../accounts/account.js"
import { Chart } from "../base/chart.js"
import { route } from "../base/router.js"
import { addDays, daysBetween, hereZone, localDay, now, wall } from "../base/time.js"
import { spanWords } from "../base/day-words.js"
import { instantWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { Totals } from "../measures/totals.js"
import { useRows } from "../records/rows.js"
import { latestBefore } from "../records/store.js"
import { tookPlace } from "../records/told.js"
import { marksOf } from "../treatment/medicines/rules.js"
import { countedFrom, dailyOf, lengthOf, periodOf, whyNotNow } from "./rules.js"
import { Since } from "./since.js"
import { words } from "./words.js"

const CHOICES = ["7", "30", "90", "all"]
/** The newest; all of them stand in History. */
const SESSIONS_NAMED = 4

export default function Trends() {
  const chosen = CHOICES.find((days) => days === route.value.query.get("days")) ?? "30"
  // A day more than is shown: it may begin on the day before in another zone.
  const since = chosen === "all" ? "" : addDays(now().slice(0, 10), -1 - Number(chosen))
  const entries = useRows("check_in", since)
  const hasOlder = useOlder(since)
  const planned = useRows("treatment_session")
  const forms = useRows("response", addDays(now().slice(0, 10), -2))
  const meetings = useRows("meeting")
  const medicines = useRows("medication")
  if (!entries || !planned || !forms || !meetings || !medicines || hasOlder === null) return html`<h1>${words.trends}</h1>`
  const startsAt = account.value?.day_starts_at
  const sessions = tookPlace(planned, now())
  const daily = dailyOf(entries, sessions, startsAt)
  const { from, to } = periodOf(Number(chosen) || null, daily, localDay(now(), hereZone(), startsAt))
  const { unit, count } = lengthOf(from, to)
  const first = countedFrom(from, daily, hasOlder)
  const written = daily.filter(({ day }) => day >= from && day <= to).length
  const why = whyNotNow(wall(now(), hereZone()).time, [...entries, ...forms].map(({ record }) => record.edited_at), now())
  return html`
    <h1>${words.length(unit, count)}</h1>
    <p class="lead">${first ? words.written(spanWords(first, to), written, daysBetween(first, to) + 1) : spanWords(from, to)}</p>
    <div class="columns">
      <div>
        <nav class="periods" aria-label=${words.period}>${CHOICES.map((days) => days === chosen
          ? html`<strong key=${days} aria-current="true">${words.periods[days]}</strong>`
          : html`<a key=${days} href=${`#/trends?days=${days}`}>${words.periods[days]}</a>`)}</nav>
        ${daily.length || sessions.length
          ? html`<${Chart} daily=${daily} sessions=${daysOf(sessions, startsAt)} marks=${marksOf(meetings, medicines, now(), startsAt)} from=${from} to=${to} /><p class="soft small">${words.own_scales}</p>`
          : html`<p class="part">${words.nothing}</p>`}
        <${Totals} sessions=${sessions} />
        ${sessions.length > 0 && (why ? html`<p class="soft small part">${words.not_now[why]}</p>` : html`<${Since} sessions=${sessions} />`)}
      </div>
      <aside>
        ${planned.length > 0 && html`<h2>${words.sessions}</h2>`}
        <ul class="rows onward">
          ${planned.slice(0, SESSIONS_NAMED).map(named)}
          ${planned.length > SESSIONS_NAMED && html`
            <li><details class="behind"><summary>${words.earlier_sessions(planned.length - SESSIONS_NAMED)}</summary>
              <ul class="rows onward">${planned.slice(SESSIONS_NAMED).map(named)}</ul></details></li>`}
          <li><a href="#/add-session">${words.add_session}</a></li>
          <li><a href="#/medicines">${words.medicines}</a></li>
          ${account.value && html`<li><a href="#/files">${words.files}</a></li>`}
        </ul>
      </aside>
    </div>`
}

/** @param {import("../records/store.js").Row} row of a session */
const named = ({ id, record: { values } }) => html`
  <li key=${id}><a href=${`#/session/${id}`}>${instantWords(values.starts_at, values.zone)}</a> ${words.status[values.status] && html`<span class="soft small">${words.status[values.status]}</span>`}</li>`

/** Whether anything was written before an instant; null until it is known. @param {string} since nothing is older than "" */
function useOlder(since) {
  const [found, setFound] = useState(/** @type {{since: string, has: boolean} | null} */ (null))
  const who = account.value?.id
  useEffect(() => {
    if (!since) return
    let isHere = true
    journal().then((db) => latestBefore(db, "check_in", since)).then((at) => isHere && setFound({ since, has: at !== undefined }))
    return () => void (isHere = false)
  }, [since, who])
  if (!since) return false
  return found?.since === since ? found.has : null
}

/** @param {Record<string, any>[]} sessions @param {string} [startsAt] */
const daysOf = (sessions, startsAt) =>
  sessions.map(({ starts_at, zone }) => ({ starts_at, zone, day: localDay(starts_at, zone, startsAt) }))
