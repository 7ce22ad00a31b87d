/** One questionnaire: what it is, one question a screen, stopping at any of them, and what is said once it is kept. */
import { account, journal } from "../accounts/account.js"
import { tell } from "../accounts/told.js"
import { go, route } from "../base/router.js"
import { hereZone, now, wall } from "../base/time.js"
import { html, useEffect, useRef, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { counted } from "../records/rules.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep } from "../records/store.js"
import { tookPlace } from "../records/told.js"
import { After } from "./after.js"
import { Before } from "./before.js"
import { RESPONSE, useHalf } from "./half.js"
import { Item } from "./item.js"
import { areRead, isOffered, knownBy } from "./known.js"
import { askedOf, cardAfter, cardOf, isDark, screenOf, valuesOf, whyNotNow } from "./rules.js"
import { words } from "./words.js"

const CARD = "/help"
/** Who goes here has the numbers already, or is on the way to what brings them back. */
const NEAR = ["/help", "/grounding", "/safety-plan", "/medical"]

/** @typedef {import("./instruments.js").Instrument} Instrument */

/** @param {{params: Record<string, string>}} props */
export default function Fill({ params }) {
  const instrument = knownBy(params.instrument)
  if (!instrument && !areRead()) return null
  return instrument ? html`<${One} instrument=${instrument} />` : html`<h1>${words.no_such}</h1><p class="lead"><a href="#/questionnaires">${words.to_list}</a></p>`
}

/** @param {{instrument: Instrument}} props */
function One({ instrument }) {
  const half = useHalf(instrument)
  const responses = useRows(RESPONSE)
  const rows = useRows("treatment_session")
  useCardOnLeaving(instrument, half?.fields.answers ?? {})
  const [trouble, setTrouble] = useState("")
  /** A second tap, before the first has been kept, is no second response. */
  const isSaving = useRef(false)
  const { query, at: wanted } = route.value
  const place = `/questionnaires/${instrument.id}`
  if (!half || !responses || !rows) return html`<h1 lang="en">${instrument.title}</h1>`
  const done = query.get("done")
  const earlier = responses.filter(({ id }) => id !== done).map(({ record }) => counted(record))
  if (done) return html`<${After} ...${{ instrument, id: done, responses, earlier }} />`
  // What was begun before it was switched off can be ended: nothing that was answered is lost.
  if (!isOffered(instrument.id) && !half.isBegun) return html`<h1 lang="en">${instrument.title}</h1><p class="lead">${words.not_offered}</p><p><a href="#/questionnaires">${words.to_list}</a></p>`
  const sessions = tookPlace(rows, now())
  const why = whyNotNow(instrument, sessions, wall(now(), hereZone()).time, now())
  const { answers } = half.fields
  const asked = askedOf(instrument, answers)
  // What was thrown away or kept since is not gone on with, where the browser's own way back leads.
  const isPast = !half.isBegun && wanted !== "1"
  if (why || !wanted || isPast) return html`<${Before} ...${{ instrument, half, asked, sessions, why, place }} />`
  if (wanted === "stop") return html`<${Stopped} ...${{ instrument, half }} />`

  const at = screenOf(wanted, asked, answers)
  const isLast = at === asked.length
  const save = async () => {
    const { id, fields } = half
    const completedAt = now()
    if (isSaving.current) return
    isSaving.current = true
    try {
      await half.stop()
      await keep(await journal(), RESPONSE, id, valuesOf(instrument, fields, completedAt, hereZone()), completedAt, [], undefined, null)
    } catch (/** @type {any} */ fault) {
      half.goOn()
      isSaving.current = false
      return setTrouble(fault?.name === "QuotaExceededError" ? words.no_room : words.not_kept)
    }
    sendNow()
    sendLater()
    navigator.storage?.persist?.()
    goOn(id)
    await half.end()
    isSaving.current = false
  }
  const goOn = (/** @type {string} */ id) => {
    // What may need somebody comes before anything else.
    if (cardAfter(instrument, answers, earlier) === "whole") return go(CARD, { at: cardOf(instrument), replace: true })
    if (!instrument.has_index_event) return go(`${place}?done=${id}`, { replace: true })
    tell(words.saved, "/grounding")
    go("/grounding", { replace: true })
  }
  const pause = async () => {
    if (instrument.has_index_event) return go(place, { at: "stop" })
    await half.atRest()
    if (isDark(instrument, answers)) go(CARD, { at: cardOf(instrument) })
    else go("/")
  }
  return html`<${Item} key=${asked[at - 1].id} ...${{ instrument, item: asked[at - 1], at, isLast, trouble, answer: answers[asked[at - 1].id] }}
    onAnswer=${(/** @type {number | null} */ value) => {
      setTrouble("")
      half.write({ answers: { ...answers, [asked[at - 1].id]: value } })
    }}
    onNext=${() => (isLast ? save() : go(place, { at: String(at + 1) }))}
    onBack=${() => go(place, { at: at > 1 ? String(at - 1) : "" })}
    onPause=${pause} />`
}

/**
 * Whoever leaves after a dark answer meets the card, by whatever way in the app: Today, the way back, another page.
 * @param {Instrument} instrument @param {import("./rules.js").Answers} answers none once they are a record
 */
function useCardOnLeaving(instrument, answers) {
  const latest = useRef(answers)
  latest.current = answers
  useEffect(() => {
    const who = account.peek()?.id
    return () => {
      const { path } = route.peek()
      const isStaying = path === `/questionnaires/${instrument.id}` || NEAR.includes(path) || account.peek()?.id !== who
      if (!isStaying && isDark(instrument, latest.current)) go(CARD, { at: cardOf(instrument) })
    }
  }, [instrument])
}

/** What was answered about something very hard is kept, or not, as its person says. @param {{instrument: Instrument, half: any}} props */
function Stopped({ instrument, half }) {
  const leave = async (/** @type {() => Promise<void>} */ act) => {
    await act()
    go("/grounding", { replace: true })
  }
  return html`
    <div class="one-question">
      <h1>${words.stopped}</h1>
      <p class="lead">${words.stopped_lead}</p>
      <div class="answers">
        <button class="plain" type="button" onClick=${() => leave(half.atRest)}>${words.keep_half}</button>
        <button class="plain" type="button" onClick=${() => leave(half.throwAway)}>${words.anew}</button>
        <button class="plain" type="button" onClick=${() => go(`/questionnaires/${instrument.id}`, { at: "99" })}>${words.go_on}</button>
      </div>
    </div>`
}
