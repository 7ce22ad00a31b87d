/** "Tell my therapist": whether anybody will see it and when, the tap that tells, and what became of what was told. */
import { account, journal, locked } from "../accounts/account.js"
import { uuid7 } from "../base/database.js"
import { route } from "../base/router.js"
import { hereZone, now, wall } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { instantWords } from "../base/time-words.js"
import { html, useEffect, useRef, useState } from "../base/ui.js"
import { useFields, useHalf } from "../records/half.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep } from "../records/store.js"
import { useAlertShares } from "./alert-shares.js"
import { readsNext } from "./hours.js"
import { useWay } from "./on-its-way.js"
import { fateOf, telOf, TOLD } from "./rules.js"
import { alertsNow, keptAlerts, noteRead } from "./told-kept.js"
import { words } from "./words.js"

/** @typedef {import("../accounts/rules.js").Share} Share */
/** @typedef {{id: string, at: string, trouble: string}} Asked what was kept and when, or why it was not */

const said = words.tell

const KIND = "help_request"

/** Keeps what somebody chose, here at once and sent when it can be. @param {string} trigger @param {string} choice @param {string} [message] @param {string} [id] under which that was half written @returns {Promise<string>} when */
export async function chosen(trigger, choice, message, id = uuid7()) {
  const at = now()
  await keep(await journal(), KIND, id, { trigger, raised_at: at, choice, ...(message ? { message } : {}) }, at, [], undefined, null)
  sendNow()
  sendLater()
  return at
}

/** @param {{trigger: string}} props what brought somebody here */
export function Tell({ trigger }) {
  const [{ id, at, trouble }, setAsked] = useState(/** @type {Asked} */ ({ id: "", at: "", trouble: "" }))
  const way = useWay(id, at)
  const shares = useAlertShares(way)
  if (account.value?.role !== "patient") return null
  return html`
    ${Boolean(id || shares?.length) && html`<${Asking} ...${{ trigger, id, way, trouble, shares: shares ?? [], onAsked: setAsked }} />`}
    ${!locked.value && html`<${Told} key=${way} shares=${shares} />`}`
}

/** @param {{trigger: string, id: string, way: import("./on-its-way.js").Way, trouble: string, shares: Share[], onAsked: (asked: Asked) => void}} props */
function Asking({ trigger, id, way, trouble, shares, onAsked }) {
  const isLost = way === "refused" || way === "nobody"
  return html`
    <section class="part">
      <h2>${said.title}</h2>
      ${!isLost && trigger === "item_9" && html`<p>${said.by_itself}</p>`}
      ${!isLost && shares.map((share) => html`<p key=${share.consent_id}>${whenRead(share, now(), locked.value)}</p>`)}
      ${!id && html`<${Telling} trigger=${trigger} onAsked=${onAsked} />`}
      <p role="status" class=${isLost ? "fault" : ""}>${id ? said.told[way] : trouble}</p>
    </section>`
}

/** The words for them, half written until they are told: a call may come, or the lock. @param {{trigger: string, onAsked: (asked: Asked) => void}} props */
function Telling({ trigger, onAsked }) {
  const half = useHalf(KIND, null)
  return half && html`<${Words} key=${half.draft.id} ...${{ half, trigger, onAsked }} />`
}

/** @param {{half: import("../records/half.js").Half, trigger: string, onAsked: (asked: Asked) => void}} props */
function Words({ half, trigger, onAsked }) {
  const [{ message }, write] = useFields(half, { message: "" })
  const tell = async () => {
    await half.atRest()
    const { id } = half.draft
    const kept = chosen(trigger, "tell_therapist", message.trim(), id).then((at) => ({ id, at, trouble: "" }))
    onAsked(await kept.catch(() => ({ id: "", at: "", trouble: said.not_kept })))
  }
  return html`
    <label class="field"><span>${said.message}</span><span class="soft small">${said.goes}</span>
      <textarea rows="2" maxlength="2000" autocomplete="off" value=${message} onInput=${(/** @type {any} */ event) => write({ message: event.target.value })}></textarea></label>
    <div class="actions"><button class="plain" type="button" onClick=${tell}>${said.tell}</button></div>`
}

/** What was told so far, newest first: who saw it and when, or that nobody did; also once nobody is alerted any more. @param {{shares?: Share[]}} props */
function Told({ shares }) {
  const [{ items: kept, isFresh }, setTold] = useState({ items: /** @type {any[]} */ ([]), isFresh: false })
  useEffect(() => {
    let isHere = true
    const say = (/** @type {{items: any[], isFresh: boolean} | null} */ found) => void (isHere && found && setTold(found))
    const ask = async () => {
      say({ items: await keptAlerts(), isFresh: false })
      say(await alertsNow())
    }
    ask().catch(console.info)
    return () => void (isHere = false)
  }, [])
  const place = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(() => void (route.peek().at === TOLD && place.current?.scrollIntoView()), [kept.length > 0])
  // Shown here, it is no news on Today any more.
  const open = shares?.map(({ consent_id }) => consent_id ?? "")
  useEffect(() => void (kept.length && noteRead(kept.map((alert) => fateOf(alert, open))).catch(console.info)), [kept, shares])
  if (!kept.length) return null
  return html`
    <h2 class="part" ref=${place}>${said.so_far}</h2>
    <ul class="notes">${kept.map((alert) => html`
      <li key=${alert.id}><p class="soft small">${said.sent(instantWords(alert.occurred_at))}</p>
        <${State} alert=${alert} isFresh=${isFresh} share=${shares ? shares.find(({ consent_id }) => consent_id === alert.consent_id) : {}} /></li>`)}</ul>`
}

/** Just answered it is the server that says what was not seen in time: the clock here may be wrong. @param {{alert: any, isFresh: boolean, share?: Partial<Share>}} props `share`: undefined once it ended */
function State({ alert, isFresh, share }) {
  if (alert.seen_at) {
    const reply = said.reply[alert.reply](alert.call_by && instantWords(alert.call_by))
    return html`<p>${said.seen(alert.seen_by, instantWords(alert.seen_at), reply)}${alert.closed_at ? ` ${said.closed(instantWords(alert.closed_at))}` : ""}</p>`
  }
  if (alert.untold_at) return html`<p>${said.untold} ${said.ring_lines}</p>`
  if (!share) return html`<p>${said.share_ended}</p>`
  const name = share.name ?? said.somebody
  const { urgent_phone, backup } = share.hours ?? {}
  if (!alert.unseen_at && (isFresh || now() <= alert.due_at)) return html`<p>${said.waiting(name, instantWords(alert.due_at))}</p>`
  return html`
    <p>${said.unseen(name)} ${backup && said.backup(backup)} ${alert.backup_told_at && said.backup_told(instantWords(alert.backup_told_at))}
      ${urgent_phone ? html` ${said.ring} <a href=${telOf(urgent_phone)}>${urgent_phone}</a>.` : ` ${said.ring_lines}`}</p>`
}

/** One sentence on when somebody reads; while locked without their name. @param {Share} share @param {string} at @param {boolean} isLocked */
function whenRead({ name, hours }, at, isLocked) {
  const who = (!isLocked && name) || said.somebody
  const next = hours && readsNext(hours, at)
  if (!next) return said.when_unknown(who)
  const to = timeWords(next.to)
  const isToday = wall(next.from, hereZone()).day === wall(at, hereZone()).day
  return next.isNow ? said.reads_now(who, to) : isToday ? said.reads_today(who, timeWords(next.from), to) : said.reads_on(who, instantWords(next.from), to)
}
