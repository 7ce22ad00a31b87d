/** Tonight: the day and the night of a session. Dim, no scales; when it was, what the label says, who is near, what brings back. */
import { TWICE_MS } from "../base/dom.js"
import { addDays, daysBetween, hereZone, isEvening, now, wall } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { weekday } from "../base/time-words.js"
import { html, useEffect, useLayoutEffect, useRef, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { latestSession, whatBringsBack } from "../records/told.js"
import { Done, isSaid, noteMoment } from "./acts.js"
import { NearBy } from "./near.js"
import { isItsDay, planned } from "./rules.js"
import { words } from "./words.js"

const MINUTE_MS = 60_000
const LOOKS_BACK_DAYS = 180
const said = words.tonight

export default function Tonight() {
  const sessions = useRows("treatment_session")
  const entries = useRows("check_in", addDays(now().slice(0, 10), -LOOKS_BACK_DAYS))
  const plans = useRows("safety_plan")
  const [noted, setNoted] = useState("")
  const pressedAt = useRef(-Infinity)
  const at = useMinute()
  useDim()
  if (!sessions || !entries || !plans) return html`<h1>${said.title}</h1>`
  const note = async (/** @type {Event} */ { timeStamp }) => {
    if (timeStamp - pressedAt.current < TWICE_MS) return
    pressedAt.current = timeStamp
    setNoted(await noteMoment(session?.id))
  }
  const { day, time } = wall(at, hereZone())
  const latest = latestSession(sessions, at)
  const session = latest && isItsDay(latest, at) ? latest : undefined
  const ahead = planned(sessions).find(({ record }) => wall(record.values.starts_at, hereZone()).day === day && record.values.starts_at > at)
  const isHere = session ?? ahead
  const began = session && said.began(timeWords(session.starts_at), daysBetween(wall(session.starts_at, hereZone()).day, day))
  const helped = whatBringsBack(plans[0]?.record.values.brings_me_back ?? [], entries)
  return html`
    <div class="tonight">
      <h1>${session && !isEvening(time) ? said.by_day : said.title}</h1>
      <p class="lead">${said.it_is(weekday(day), timeWords(at))} ${!isSaid(session?.id) && (began || (ahead ? said.planned(timeWords(ahead.record.values.starts_at)) : said.none))}</p>
      <${Done} ids=${[session?.id, noted]} />
      <ul class="rows part">
        <li><span><a href="#/grounding">${said.here}</a> <span class="soft small">${said.here_why}</span></span></li>
        <li><button class="link" type="button" onClick=${note}>${said.cannot}</button></li>
      </ul>
      ${helped.length > 0 && html`
        <section class="part"><h2>${said.back}</h2>
          ${helped.map((text) => html`<blockquote key=${text} class="quote said">${text}</blockquote>`)}</section>`}
      <section class="part"><h2>${said.label}</h2>
        <ul class="label">${said.rules.map((rule) => html`<li key=${rule}>${rule}</li>`)}</ul></section>
      <${NearBy} />
      <ul class="rows part">
        ${isHere ? html`<li><a href=${`#/session/${isHere.id}`}>${said.session}</a></li>` : html`<li><a href="#/add-session">${words.a_session}</a></li>`}
      </ul>
    </div>`
}

/** The page's own quiet look, for as long as it is open. */
function useDim() {
  useLayoutEffect(() => {
    document.documentElement.dataset.look = "dim"
    return () => void delete document.documentElement.dataset.look
  }, [])
}

/** The present instant, anew each minute. */
function useMinute() {
  const [at, setAt] = useState(now())
  useEffect(() => {
    const timer = setTimeout(() => setAt(now()), MINUTE_MS - (Date.parse(at) % MINUTE_MS))
    return () => clearTimeout(timer)
  }, [at])
  return at
}
