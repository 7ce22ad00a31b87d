/** A session's own page: where it stands, the person's own words about it, what was written around it, and the ways on. */
import { listed, number, timeWords } from "../base/language.js"
import { go } from "../base/router.js"
import { daysBetween, hereZone, hoursBetween, isEvening, now, wall } from "../base/time.js"
import { dayWords, instantWords } from "../base/time-words.js"
import { html, useEffect } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { tookPlace } from "../records/told.js"
import { Done, justRemoved, keepBegun, keepSession, lastAct, removeSession } from "./acts.js"
import { start } from "./add.js"
import { Before } from "./before.js"
import { OwnWords } from "./own.js"
import { around, aroundFrom, CHOICES, isItsDay, ownFields, stateOf } from "./rules.js"
import { words } from "./words.js"

/** So long before its hour a planned session may be started from its page, and asks what is asked before it. */
const NEAR_H = 24

/** @typedef {import("../records/store.js").Row} Row */

/** @param {Record<string, any>} values */
const isNear = ({ starts_at }) => Math.abs(hoursBetween(starts_at, now())) < NEAR_H

/** @param {{params: Record<string, string>}} props */
export default function Session({ params }) {
  const rows = useRows("treatment_session")
  const row = rows?.find(({ id }) => id === params.id)
  const isRemoved = justRemoved() === params.id
  useEffect(() => void (rows && !row && !isRemoved && go("/history", { replace: true })), [rows, isRemoved])
  if (!rows || !row) return html`<h1>${words.a_session}</h1><${Done} ids=${[params.id]} />`
  return html`<${Shown} row=${row} rows=${rows} />`
}

/** @param {{row: Row, rows: Row[]}} props */
function Shown({ row, rows }) {
  const { values } = row.record
  const entries = useRows("check_in", aroundFrom(values))
  const state = stateOf(values, now())
  const next = tookPlace(rows, now()).find(({ starts_at }) => starts_at > values.starts_at)?.starts_at
  const found = entries && around(entries, values, next)
  const days = Math.max(0, daysBetween(wall(values.starts_at, hereZone()).day, wall(now(), hereZone()).day))
  const told = toldOf(values, state)
  return html`
    <h1>${words.title(dayWords(wall(values.starts_at, values.zone).day))}</h1>
    <p class="lead">${words.state[state](instantWords(values.starts_at, values.zone), days)}</p>
    <${Done} ids=${[row.id]} />
    <div class="columns">
      <div>
        ${told && html`<p class="small">${told}</p>`}
        <${First} ...${{ row, rows, state }} />
        ${state === "planned" && isNear(values) && html`<${Before} id=${row.id} />`}
        ${found && html`
          <${OwnWords} row=${row} act=${lastAct()} fields=${ownFields(values, now())} entries=${found} />
          <section class="part"><h2>${words.around}</h2>
            ${found.length ? html`<ul class="around">${found.map(entryLine)}</ul>` : html`<p class="soft small">${words.nothing_around}</p>`}
          </section>`}
      </div>
      <aside><h2 class="unseen">${words.ways}</h2><${Ways} row=${row} state=${state} /></aside>
    </div>`
}

/** The one thing to press, where there is one. @param {{row: Row, rows: Row[], state: string}} props */
function First({ row, rows, state }) {
  const { values } = row.record
  if (state === "due") {
    const then = () => keepBegun(row, values, words.done.started(timeWords(values.starts_at, values.zone)))
    return html`<div class="actions"><button class="button" type="button" onClick=${then}>${words.took_place}</button>
      ${isNear(values) && html`<button class="plain" type="button" onClick=${() => start([row])}>${words.starts_now}</button>`}</div>`
  }
  if (state === "planned" && isNear(values)) return html`<div class="actions"><button class="button" type="button" onClick=${() => start([row])}>${words.starts_now}</button></div>`
  if ((state === "happened" || state === "stopped_early") && isItsDay(/** @type {any} */ (values), now())) {
    return html`<div class="actions"><a class="button" href="#/tonight">${isEvening(wall(now(), hereZone()).time) ? words.to_tonight : words.tonight.by_day}</a></div>`
  }
  return null
}

/** @param {{row: Row, state: string}} props */
function Ways({ row, state }) {
  const { values } = row.record
  const became = (/** @type {string} */ status, /** @type {string} */ said) => () => keepSession(row, { ...values, status }, said)
  const isAhead = state === "planned" || state === "due"
  const acts = /** @type {[string, () => Promise<any>][]} */ ([
    isAhead && values.ride_home !== true && [words.act.ride, () => keepSession(row, { ...values, ride_home: true }, words.done.ride)],
    isAhead && [words.act.cancel, became("cancelled", words.done.cancel)],
    state === "happened" && [words.act.stop, became("stopped_early", words.done.stop)],
    state === "stopped_early" && [words.act.end, became("happened", words.done.end)],
    (state === "happened" || state === "stopped_early") && [words.act.not, became("cancelled", words.done.cancel)],
    state === "cancelled" && [words.act.again, became("planned", words.done.again)],
    [words.act.remove, () => removeSession(row)],
  ].filter(Boolean))
  return html`
    <ul class="rows onward">
      ${!isAhead && html`<li><a href="#/">${words.to_today}</a></li><li><a href="#/trends">${words.to_trends}</a></li>`}
      <li><a href=${`#/session/${row.id}/change`}>${words.act.change}</a></li>
      ${acts.map(([said, act]) => html`<li key=${said}><button class="link" type="button" onClick=${act}>${said}</button></li>`)}
    </ul>`
}

/** @param {{id: string, record: {values: Record<string, any>}}} row */
function entryLine({ id, record: { values } }) {
  const ratings = Object.entries(words.rated).flatMap(([key, said]) => (typeof values[key] === "number" ? [`${said} ${values[key]}`] : [])).join(" · ")
  return html`
    <li key=${id}>
      <p class="small"><a href=${`#/entry/${id}`}>${instantWords(values.occurred_at, values.zone)}</a> <span class="soft">${ratings || (values.note ? "" : words.moment)}</span></p>
      ${values.note && html`<p class="said">${values.note}</p>`}
    </li>`
}

/** How it is given, in a line. @param {Record<string, any>} values @param {string} state */
function toldOf(values, state) {
  const ride = state === "planned" || state === "due" ? (values.ride_home ? words.ride.yes : words.ride.no) : ""
  const chosen = CHOICES.map((key) => words.choice[key][values[key]])
  const { systolic, diastolic, heart_rate } = values.vitals ?? {}
  const pressure = (systolic || diastolic) && words.pressure(systolic ? number(systolic) : "–", diastolic ? number(diastolic) : "–")
  const parts = [...chosen, values.dose_mg && words.mg(number(values.dose_mg)), pressure, heart_rate && words.beats(number(heart_rate)), ride].filter(Boolean)
  const said = listed(parts)
  return said && `${said[0].toUpperCase()}${said.slice(1)}.`
}
