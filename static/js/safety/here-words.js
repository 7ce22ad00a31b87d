/** The sentences of the page "Here and now": the time, the session, and the person's own words. Pure. */
import { addDays, daysBetween, wall } from "../base/time.js"
import { timeWords } from "../base/language.js"
import { weekday } from "../base/time-words.js"
import { latestSession, whatBringsBack } from "../records/told.js"
import { linesOf } from "./plan-rules.js"
import { words } from "./words.js"

/** @typedef {import("../records/told.js").Row} Row */

/** A session further back says nothing about where somebody is now. */
const NEAR_DAYS = 6
const said = words.here

/** "It is Monday, 03:10." @param {string} now @param {string} zone the device's */
export const timeSentence = (now, zone) => said.it_is(weekday(wall(now, zone).day), timeWords(now, zone))

/**
 * What the person's own records add: when the session was, what they wrote for it or kept from it, what brings them back.
 * Days are those of the calendar: at 03:10 a session of the afternoon before was yesterday.
 * The last note is left out: what was written in the dark brings nobody back.
 * @param {{now: string, zone: string, sessions: Row[], entries: Row[], plan?: {record: import("./plan-rules.js").Told}}} given records, newest first
 * @returns {{lines: string[], back: string[]}}
 */
export function ownSentences({ now, zone, sessions, entries, plan }) {
  const session = latestSession(sessions, now)
  const days = session ? daysBetween(wall(session.starts_at, zone).day, wall(now, zone).day) : Infinity
  const isNear = days <= NEAR_DAYS
  const since = addDays(now.slice(0, 10), -NEAR_DAYS)
  const kept = entries.map(({ record }) => record.values).find(({ keep, occurred_at }) => keep?.trim() && occurred_at >= since)?.keep
  const wrote = ((isNear && session?.intention) || kept || "").trim()
  const lines = [session && isNear ? sessionSentence(session.starts_at, days, zone) : "", wrote && said.wrote(wrote)]
  return { lines: lines.filter(Boolean), back: whatBringsBack(linesOf(plan?.record).brings_me_back ?? [], entries) }
}

/** @param {string} starts_at @param {number} days ago @param {string} zone */
function sessionSentence(starts_at, days, zone) {
  const time = timeWords(starts_at, zone)
  if (days <= 0) return said.session.today(time)
  return days === 1 ? said.session.yesterday(time) : said.session.on(weekday(wall(starts_at, zone).day), time)
}
