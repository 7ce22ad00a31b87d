/** The Trends page: lines over a period, from what lies on this device; works without a network. */
import { account } from "../accounts/account.js"
import { Chart } from "../base/chart.js"
import { route } from "../base/router.js"
import { addDays, hereZone, localDay, now } from "../base/time.js"
import { html } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { BetterDays } from "./better-days.js"
import { dailyOf, lengthWords, periodOf, spanLine, tookPlace } from "./rules.js"

const CHOICES = [
  { days: "7", words: "7 days" },
  { days: "30", words: "30" },
  { days: "90", words: "90" },
  { days: "all", words: "All" },
]

export default function Trends() {
  const chosen = CHOICES.find(({ days }) => days === route.value.query.get("days"))?.days ?? "30"
  // A day more than is shown: it may begin on the day before in another zone.
  const entries = useRows("check_in", chosen === "all" ? "" : addDays(now().slice(0, 10), -1 - Number(chosen)))
  const planned = useRows("treatment_session")
  if (!entries || !planned) return html`<h1>Trends</h1>`
  const startsAt = account.value?.day_starts_at
  const sessions = tookPlace(planned, now())
  const daily = dailyOf(entries, sessions, startsAt)
  const { from, to } = periodOf(Number(chosen) || null, daily, localDay(now(), hereZone(), startsAt))
  return html`
    <h1>${lengthWords(from, to)}</h1>
    <p class="lead">${spanLine(from, to, daily)}</p>
    <div class="columns">
      <div>
        <p class="periods">${CHOICES.map(({ days, words }) => days === chosen
          ? html`<strong key=${days} aria-current="true">${words}</strong>`
          : html`<a key=${days} href=${`#/trends?days=${days}`}>${words}</a>`)}</p>
        ${daily.length || sessions.length
          ? html`<${Chart} daily=${daily} sessions=${daysOf(sessions, startsAt)} from=${from} to=${to} />`
          : html`<p class="part">Nothing is written yet. After a few days, lines will stand here.</p>`}
      </div>
      <aside>
        ${account.value && html`<${BetterDays} from=${from} to=${to} />`}
        <ul class="rows ways"><li><a href="#/add-session">Add a session</a></li></ul>
      </aside>
    </div>`
}

/** @param {Record<string, any>[]} sessions @param {string} [startsAt] */
const daysOf = (sessions, startsAt) =>
  sessions.map(({ starts_at, zone }) => ({ starts_at, zone, day: localDay(starts_at, zone, startsAt) }))
