/** Better days by week, in plain words: the newest series of sessions in sentences, the ones before in a table. */
import { number } from "../base/language.js"
import { dayWords } from "../base/time-words.js"
import { html } from "../base/ui.js"
import { betterDays, isNoneBetter } from "./weeks.js"
import { words } from "./words.js"

/** @typedef {import("./weeks.js").Week} Week */

/**
 * @param {object} props
 * @param {import("./weeks.js").Dated[]} props.sessions oldest first
 * @param {number | null} props.start
 * @param {Map<string, number>} props.moods without what was remembered later
 * @param {string} props.today
 */
export function BetterDays({ sessions, start, moods, today }) {
  const told = betterDays(sessions, start, moods, today)
    .flatMap((better, i) => (better?.weeks.length ? [{ ...sessions[i], weeks: better.weeks }] : [])).reverse()
  if (!told.length) return null
  const [newest, ...earlier] = told
  const why = start === null ? words.no_start : newest.weeks.some(({ reading }) => reading === "no_room") ? words.no_room : ""
  return html`
    <h3>${words.heading(dayWords(newest.day))}</h3>
    ${why ? html`<p>${why}</p>` : html`
      <p class="weeks">${newest.weeks.map((week, i) => html`<span key=${week.week}>${sentence(week, i === newest.weeks.findIndex(({ reading }) => reading === "counted"))} </span>`)}</p>
      ${isNoneBetter(newest.weeks) && html`<p class="said">${words.none_better}</p>`}
      <p class="soft small">${words.says_nothing(number(/** @type {number} */ (start)))}</p>
      ${earlier.length > 0 && html`
        <details class="behind">
          <summary>${words.earlier}</summary>
          <table class="by-week">
            <thead><tr><th scope="col">${words.after_column}</th>${[1, 2, 3, 4].map((week) => html`<th key=${week} scope="col" aria-label=${words.week(week)}>${week === 1 ? words.week(1) : week}</th>`)}</tr></thead>
            <tbody>${earlier.map(({ id, day, weeks }) => html`
              <tr key=${id}><th scope="row">${dayWords(day, { short: true })}</th>
                ${[0, 1, 2, 3].map((i) => html`<td key=${i}>${cell(weeks[i])}</td>`)}</tr>`)}</tbody>
          </table>
        </details>`}`}`
}

/** @param {Week} week @param {boolean} isFirst */
const sentence = ({ week, better, of, reading }, isFirst) =>
  reading === "counted" ? words.told(week, /** @type {number} */ (better), of, isFirst) : words.few(week, of)

/** @param {Week | undefined} week */
const cell = (week) => (!week ? "–" : week.reading === "counted" ? words.of(/** @type {number} */ (week.better), week.of) : words.too_few)
