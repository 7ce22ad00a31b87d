/** "Less": a pause of all reminders, fewer days, only the three scales; each one tap, none with a reason. */
import { itemsOf, useAnswer } from "../base/answer.js"
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { hereZone, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { inWords } from "./reminder-words.js"
import { dailyOf, fewer, pausedFor, pauseOf } from "./rules.js"
import { isOnlyScales, onlyScales } from "./only-scales.js"
import { words } from "./words.js"

const said = words.less
const WEEK = 7
const MONTH = 30

export default function Less() {
  const { value, fault, again } = useAnswer("/api/reminders")
  const [told, setTold] = useState("")
  const [busy, setBusy] = useState(false)
  const reminders = itemsOf(value)
  const today = localDay(now(), hereZone())

  /** Puts each reminder with `part` in it. @param {any[]} which @param {any} part @param {string} done */
  const put = async (which, part, done) => {
    setBusy(true)
    try {
      for (const { id, next_due_at, ...body } of which) await call("PUT", `/api/reminders/${id}`, { ...body, ...part })
      setTold(done)
    } catch (wrong) {
      setTold(faultWords(wrong, said.not_changed))
    }
    await again()
    setBusy(false)
  }
  const pause = (/** @type {string | null} */ day) => put(reminders, { paused_until: day }, day ? said.paused(dayWords(day)) : said.resumed)

  return html`
    <h1>${said.title}</h1>
    <p class="lead">${said.lead}</p>
    <p class="soft part" role="status">${told}</p>
    ${fault && html`<p class="notice">${faultWords(fault, words.no_answer)}</p>`}
    ${value && !reminders.length && html`<p class="part">${said.none}</p>`}
    ${reminders.length > 0 && html`
      <${Pause} ...${{ reminders, today, busy, pause }} />
      <${Fewer} daily=${dailyOf(reminders)} ...${{ today, busy, put }} />`}
    <${OnlyScales} onTold=${setTold} />
    <p class="part ways"><a href="#/">${said.back}</a><a href="#/reminder">${said.settings}</a></p>`
}

/** @param {{reminders: any[], today: string, busy: boolean, pause: (day: string | null) => void}} props */
function Pause({ reminders, today, busy, pause }) {
  const [until, setUntil] = useState("")
  const paused = reminders.map((one) => pauseOf(one, today))
  const last = paused.every(Boolean) && paused.toSorted()[0]
  const later = (/** @type {Event} */ event) => {
    event.preventDefault()
    pause(until)
  }
  return html`
    <section class="part">
      <h2>${said.pause}</h2>
      ${last
        ? html`<p class="soft">${said.paused_now(dayWords(last))}</p>
          <div class="actions"><button class="plain" type="button" disabled=${busy} onClick=${() => pause(null)}>${said.go_on}</button></div>`
        : html`
          <div class="actions">
            <button class="plain" type="button" disabled=${busy} onClick=${() => pause(pausedFor(today, WEEK))}>${said.week}</button>
            <button class="plain" type="button" disabled=${busy} onClick=${() => pause(pausedFor(today, MONTH))}>${said.month}</button>
          </div>
          <form autocomplete="off" class="pair" onSubmit=${later}>
            <label class="field"><span>${said.until}</span>
              <input autocomplete="off" type="date" required min=${pausedFor(today, 1)} value=${until} onInput=${(/** @type {any} */ event) => setUntil(event.target.value)} /></label>
            <button class="plain" disabled=${busy}>${said.until_then}</button>
          </form>`}
    </section>`
}

/** @param {{daily: import("./rules.js").Reminder | undefined, today: string, busy: boolean, put: (which: any[], part: any, done: string) => void}} props */
function Fewer({ daily, today, busy, put }) {
  if (!daily) return null
  const sentence = (/** @type {any} */ reminder) => inWords({ ...reminder, paused_until: null }, today, true)
  const weekdays = fewer(daily.weekdays)
  const isLeast = daily.weekdays.length <= 1
  return html`
    <section class="part">
      <h2>${said.fewer}</h2>
      <p class="soft">${isLeast ? said.least : said.fewer_now(sentence(daily))}</p>
      ${!isLeast && html`
        <div class="actions"><button class="plain" type="button" disabled=${busy}
          onClick=${() => put([daily], { weekdays }, said.fewer_done(sentence({ ...daily, weekdays })))}>${said.fewer}</button></div>`}
    </section>`
}

/** @param {{onTold: (words: string) => void}} props */
function OnlyScales({ onTold }) {
  const [isOn, setOn] = useState(isOnlyScales())
  const turn = () => {
    onlyScales(!isOn)
    onTold(isOn ? said.all_now : said.scales_now)
    setOn(!isOn)
  }
  return html`
    <section class="part">
      <h2>${said.scales}</h2>
      <p class="soft">${said.scales_means}</p>
      <div class="actions"><button class="plain" type="button" onClick=${turn}>${isOn ? said.scales_off : said.scales_on}</button></div>
    </section>`
}
