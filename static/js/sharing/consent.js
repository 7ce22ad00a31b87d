/** One consent as its patient sees it: whom it names, what it opens, until when, and how to close it. */
import { hereZone, wall } from "../base/time.js"
import { dayWords, instantWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { counted, isOpen, scopesInWords } from "./rules.js"

/** @param {{consent: import("./rules.js").Consent, onWithdraw?: () => Promise<void>}} props */
export function ConsentPart({ consent, onWithdraw }) {
  const [busy, setBusy] = useState(false)
  const withdraw = async () => {
    setBusy(true)
    await onWithdraw?.()
    setBusy(false)
  }
  return html`
    <section class="part consent">
      <h2>${heading(consent)}</h2>
      <p class="soft small">${state(consent)}</p>
      <dl class="facts">
        <div><dt>Sees</dt><dd>${scopesInWords(consent.scopes)}</dd></div>
        <div><dt>Days</dt><dd>${days(consent)}</dd></div>
        <div><dt>${isOpen(consent) ? "Until" : "Was until"}</dt><dd>${instantDay(consent.expires_at)}</dd></div>
        <div><dt>Looked</dt><dd>${looks(consent)}</dd></div>
      </dl>
      ${isOpen(consent) && html`
        <div class="actions"><a class="plain" href=${`#/share/${consent.id}`}>See what they see</a></div>
        <div class="actions close"><button class="plain" type="button" disabled=${busy} onClick=${withdraw}>Withdraw</button></div>
        <p class="soft small">Withdrawing closes it at once and gives no reason. It can't be undone; you can invite again.</p>`}
    </section>`
}

/** @param {import("./rules.js").Consent} consent */
export const heading = (consent) =>
  consent.therapist_name || (consent.status === "given" ? "An invitation, not used yet" : "An invitation nobody used")

/** @param {import("./rules.js").Consent} consent */
function state(consent) {
  const role = consent.as === "prescriber" ? "prescriber" : "therapist"
  if (consent.status === "given") return `For your ${role}. Until somebody opens the link and accepts, nothing is shared.`
  const name = consent.therapist_name ? ` The name was chosen by them and is not checked by anyone.` : ""
  if (consent.status === "withdrawn") return `Closed${consent.withdrawn_at ? ` on ${instantDay(consent.withdrawn_at)}` : ""}. Nothing can be read any more.`
  if (consent.status === "expired") return "Its time is over. Nothing can be read any more."
  return `Your ${role}${consent.accepted_at ? ` since ${instantDay(consent.accepted_at)}` : ""}.${name}`
}

/** @param {import("./rules.js").Consent} consent */
function days(consent) {
  const notes = consent.scopes.includes("notes") && consent.notes_from ? `, notes from ${dayWords(consent.notes_from)} on` : ""
  if (consent.from && consent.to) return `${dayWords(consent.from)} to ${dayWords(consent.to)}${notes}`
  return (consent.from ? `from ${dayWords(consent.from)} on` : consent.to ? `up to ${dayWords(consent.to)}` : "all of them") + notes
}

/** @param {import("./rules.js").Consent} consent */
function looks(consent) {
  if (!consent.views) return "not yet"
  return `${counted(consent.views, "time")}${consent.last_viewed_at ? `, last on ${instantWords(consent.last_viewed_at)}` : ""}`
}

/** @param {string} instant */
const instantDay = (instant) => dayWords(wall(instant, hereZone()).day)
