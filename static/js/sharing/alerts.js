/** Alerts at the top of a brief: what was answered, when it was felt and when it arrived, the fixed replies, closing. */
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { hereZone, instantOf, now, wall } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { words } from "./reader-words.js"

const said = words.alerts
const HOUR_MS = 3_600_000

/**
 * @param {object} props
 * @param {any[]} props.alerts as the contract has them, newest first
 * @param {any[]} props.standing answers that stand as they were
 * @param {() => Promise<void>} [props.onAct] what happens after a reply; without it nothing can be pressed, as in the preview
 */
export function Alerts({ alerts, standing, onAct }) {
  const open = alerts.filter((alert) => !alert.closed_at)
  const closed = alerts.filter((alert) => alert.closed_at)
  if (!alerts.length && !standing.length) return null
  return html`
    <section class="alerts">
      ${open.length > 0 && html`<h2>${said.title}</h2>`}
      ${open.map((alert) => html`<${One} key=${alert.id} alert=${alert} onAct=${onAct} />`)}
      ${standing.map((one) => html`<p class="notice" key=${one.instrument}>${said.standing(one.value, one.answers, instantWords(one.since), instantWords(one.latest_at))}</p>`)}
      ${closed.length > 0 && html`
        <details class="fold"><summary>${said.closed(closed.length)}</summary>
          ${closed.map((alert) => html`<${One} key=${alert.id} alert=${alert} />`)}</details>`}
    </section>`
}

/** @param {{alert: any, onAct?: () => Promise<void>}} props */
function One({ alert, onAct }) {
  const [trouble, setTrouble] = useState("")
  const [busy, setBusy] = useState(false)
  const act = async (/** @type {string} */ what, /** @type {any} */ body) => {
    setBusy(true)
    try {
      await call("POST", `/api/alerts/${alert.id}/${what}`, body)
      setTrouble("")
      await onAct?.()
    } catch (wrong) {
      setTrouble(faultWords(wrong, said.not_sent))
    }
    setBusy(false)
  }
  return html`
    <div class="alert">
      <p><strong>${whatWords(alert)}</strong></p>
      ${alert.changed && html`<p>${said.changed}</p>`}
      ${alert.message && html`<p class="quote">“${alert.message}”</p>`}
      <p class="soft small">${whenWords(alert)}</p>
      ${alert.seen_at
        ? html`<p class="small">${said.seen(alert.seen_by, instantWords(alert.seen_at), replyWords(alert))}</p>`
        : html`<p class="soft small">${alert.unseen_at ? said.unseen : said.due(instantWords(alert.due_at))}</p>`}
      ${onAct && html`<${Replies} seen=${Boolean(alert.seen_at)} busy=${busy} onAct=${act} />`}
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
    </div>`
}

/** @param {{seen: boolean, busy: boolean, onAct: (what: string, body: any) => void}} props */
function Replies({ seen, busy, onAct }) {
  const [at, setAt] = useState(inTwoHours())
  const call_by = new Date(instantOf(at, hereZone())).toISOString()
  const reply = (/** @type {any} */ body) => () => onAct("seen", body)
  return html`
    <div class="no-print replies">
      <button class=${seen ? "plain" : "button"} type="button" disabled=${busy} onClick=${reply({ reply: "read" })}>${said.reply.read}</button>
      <button class="plain" type="button" disabled=${busy} onClick=${reply({ reply: "call_clinic" })}>${said.reply.call_clinic}</button>
      <button class="plain" type="button" disabled=${busy} onClick=${reply({ reply: "will_call", call_by })}>${said.reply.will_call(instantWords(call_by))}</button>
      <label class="field small"><span>${said.another_time}</span>
        <input type="datetime-local" autocomplete="off" value=${at} required onInput=${(/** @type {any} */ event) => event.target.value && setAt(event.target.value)} /></label>
      ${seen && html`<button class="plain" type="button" disabled=${busy} onClick=${() => onAct("closed", {})}>${said.close}</button>`}
    </div>`
}

/** The next full hour that is at least one ahead, as a field takes it. */
function inTwoHours() {
  const { day, time } = wall(Math.ceil(Date.parse(now()) / HOUR_MS) * HOUR_MS + HOUR_MS, hereZone())
  return `${day}T${time}`
}

/** @param {any} alert */
function whatWords({ reason, value, before, taken_back }) {
  if (taken_back) return said.taken_back
  return reason === "asked" ? said.asked : said.answered(value, before)
}

/** @param {any} alert */
const whenWords = ({ occurred_at, raised_at, late }) => said.when(instantWords(occurred_at), instantWords(raised_at), late)

/** @param {any} alert */
const replyWords = ({ reply, call_by }) => (reply === "will_call" ? said.reply.will_call(instantWords(call_by)) : said.reply[reply])
