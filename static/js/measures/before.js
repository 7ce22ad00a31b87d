/** What a questionnaire is, before its first question: what it looks back on, whether it waits, and what is half filled in of it. */
import { go } from "../base/router.js"
import { hereZone, now, wall } from "../base/time.js"
import { dayWords, instantWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { Unwatched } from "../base/unwatched.js"
import { doneOf, nextOf, scoredOf, spannedBy } from "./rules.js"
import { words } from "./words.js"

const LONGEST = 20_000

/**
 * @param {object} props
 * @param {import("./instruments.js").Instrument} props.instrument @param {any} props.half @param {import("./instruments.js").Item[]} props.asked
 * @param {import("../records/told.js").Session[]} props.sessions that took place @param {"" | "dose" | "night"} props.why @param {string} props.place
 */
export function Before({ instrument, half, asked, sessions, why, place }) {
  const { answers, begun_at, index_event = "" } = half.fields
  const spanned = spannedBy(instrument, sessions, now()).map(({ starts_at, zone }) => dayWords(wall(starts_at, zone).day))
  const begin = () => go(place, { at: String(nextOf(asked, answers)) })
  return html`
    <div class="one-question">
      <h1 lang="en">${instrument.title}</h1>
      <p class="lead">${words.looks_back(scoredOf(instrument).length, instrument.recall_days)} ${half.isBegun ? "" : words.how}</p>
      ${words.english && html`<p class="soft small">${words.english}</p>`}
      ${half.staleSince && html`<p class="notice" role="status">${words.stale(instantWords(half.staleSince))}</p>`}
      ${why ? html`<p class="notice">${words.waits[why]}</p>` : html`
        ${instrument.has_index_event && !half.isBegun && html`<p class="part">${words.hard}</p>`}
        ${spanned.length > 0 && html`<p class="part">${words.spans(spanned)}</p>`}
        ${instrument.has_index_event && html`
          <div class="field"><label for="event">${words.event}</label><p id="event-hint" class="soft small">${words.event_hint}</p>
            <textarea id="event" rows="2" autocomplete="off" maxlength=${LONGEST} aria-describedby="event-hint" value=${index_event}
              onInput=${(/** @type {any} */ event) => half.write({ index_event: event.target.value })}></textarea></div>`}
        ${half.isBegun && html`<p class="part">${words.begun(instantWords(begun_at, hereZone()), ...doneOf(instrument, answers))}</p>`}
        <${Unwatched} />`}
      <div class="answers">
        ${!why && html`<button class="button" type="button" onClick=${begin}>${half.isBegun ? words.go_on : words.begin}</button>`}
        ${half.isBegun && html`<button class="plain" type="button" onClick=${half.throwAway}>${words.anew}</button>`}
        <a class="link" href="#/questionnaires">${words.to_list}</a>
      </div>
    </div>`
}
