/** A consent in words. Pure. */
import { hereZone, wall } from "../base/time.js"
import { dayWords, instantWords } from "../base/time-words.js"
import { words } from "./words.js"

/** @typedef {import("./rules.js").Consent} Consent */

/** "mood, anxiety and detachment; sessions". @param {string[]} scopes @param {boolean} [isToReader] said to whoever reads */
export const scopesInWords = (scopes, isToReader = false) =>
  Object.keys(words.scope)
    .filter((scope) => scopes.includes(scope))
    .map((scope) => (isToReader && scope === "notes" ? words.notes_to_you : words.scope[scope]))
    .join("; ")

/** Whom it names. @param {Consent} consent */
export const heading = (consent) => consent.therapist_name || (consent.status === "given" ? words.consent.unused : words.consent.never_used)

/** @param {Consent} consent */
export function stateWords({ status, as, withdrawn_at, accepted_at, therapist_name }) {
  const said = words.consent
  if (status === "given") return said.given[as]
  if (status === "withdrawn") return withdrawn_at ? said.closed_on(instantDay(withdrawn_at)) : said.closed
  if (status === "expired") return said.over
  return [accepted_at && said.since[as](instantDay(accepted_at)), therapist_name && said.unchecked].filter(Boolean).join(" ")
}

/** The days it opens. @param {Consent} consent */
export function daysWords({ scopes, from, to, notes_from }) {
  const said = words.consent
  const notes = scopes.includes("notes") && notes_from ? said.notes_from(dayWords(notes_from)) : ""
  if (!from && !to) return said.all_days + notes
  return [from && said.from(dayWords(from)), to && said.to(dayWords(to))].filter(Boolean).join(", ") + notes
}

/** How often somebody looked. @param {Consent} consent */
export function looksWords({ views, last_viewed_at }) {
  if (!views) return words.consent.not_yet
  const times = words.consent.times(views)
  return last_viewed_at ? words.consent.last(times, instantWords(last_viewed_at)) : times
}

/** After how long a silence they are told of it, and whether they are told now. @param {Consent} consent */
export function silenceWords({ status, quiet_after_days, silence }) {
  const said = words.silence
  const now = silence ? said.now(silence.days) : said.not_now
  return quiet_after_days ? [said.told_after(quiet_after_days), status === "accepted" && now].filter(Boolean).join(" ") : ""
}

/** What the other side no longer has, said once it is so. @param {Consent} consent as it was */
export const withdrawnWords = ({ status, scopes }) =>
  status === "accepted" ? words.consent.withdrawn(scopesInWords(scopes)) : words.consent.unused_withdrawn

/** @param {string} instant */
export const instantDay = (instant) => dayWords(wall(instant, hereZone()).day)
