/** What Trends says, in English. */
import { counted } from "../base/language.js"

/** @typedef {"day" | "week" | "month" | "year"} Unit */
/** @typedef {{day: string, n: number, first: string, after: string, last: string, until: string, lowest: string, highest: string}} ToldSince */
const NUMBERS = ["", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"]
const NAMED = /** @type {Record<number, string>} */ ({ 30: "Thirty", 90: "Ninety" })
const upper = (/** @type {string} */ name) => `${name[0].toUpperCase()}${name.slice(1)}`

export default {
  trends: "Trends",
  length: (/** @type {Unit} */ unit, /** @type {number} */ count) => `${NUMBERS[count] || NAMED[count] || count} ${counted(count, { one: unit, other: `${unit}s` })}`,
  written: (/** @type {string} */ span, /** @type {number} */ written, /** @type {number} */ of) => `${span} · ${written} of ${of} ${counted(of, { one: "day", other: "days" })}`,
  period: "Period",
  periods: /** @type {Record<string, string>} */ ({ 7: "7 days", 30: "30 days", 90: "90 days", all: "All" }),
  nothing: "Nothing is written yet. After a few days, lines will stand here.",
  add_session: "Add a session",
  own_scales: "The three scales are this app’s own questions, not a validated measure.",
  medicines: "Medicines",
  files: "On paper, or as a file",
  sessions: "Your sessions",
  earlier_sessions: (/** @type {number} */ count) => `Earlier ones: ${count}`,
  status: /** @type {Record<string, string>} */ ({ planned: "planned", stopped_early: "stopped early", cancelled: "cancelled" }),
  after: "After each session",
  not_now: { night: "What followed each session is shown by day.", fresh: "What followed each session is shown a little later, not straight after writing." },
  reading: "Reading what is here",
  scale: "Scale",
  since: (/** @type {string} */ name, /** @type {number} */ count) =>
    `${upper(name)}, entry by entry, by days since ${count === 1 ? "the session" : "each session"}, from 0 to 10, up to four weeks or the next session; the first hours too, and what was remembered later. Two days without an entry stay open.`,
  newest: (/** @type {number} */ count) => `The newest ${count} sessions are drawn.`,
  none_since: "Nothing is written yet in the weeks after a session.",
  began: "The level line of dashes and dots is the mood before the first session.",
  session: "session",
  week: (/** @type {number} */ week) => `Week ${week}`,
  of: (/** @type {number} */ better, /** @type {number} */ of) => `${better} of ${of}`,
  heading: (/** @type {string} */ day) => `After the session of ${day}`,
  /** The first week is said in full, the others lean on it. */
  told: (/** @type {number} */ week, /** @type {number} */ better, /** @type {number} */ of, /** @type {boolean} */ isFirst) =>
    `Week ${week}: ${better} of ${of}${isFirst ? ` ${counted(of, { one: "day", other: "days" })} clearly better than where you began` : ""}.`,
  none_better: "No day was clearly better by this count. That is so for many people, and says nothing about you. Smaller changes do not show in it; they stand in the lines above. Worth telling whoever treats you.",
  few: (/** @type {number} */ week, /** @type {number} */ of) =>
    `Week ${week}: ${of === 0 ? "nothing written" : `${of} ${counted(of, { one: "day", other: "days" })} written, too few to say`}.`,
  no_start: "Too little was written before the first session to compare with.",
  no_room: "You began so high that better days could not be told apart.",
  says_nothing: (/** @type {string} */ start) => `Clearly better is a mood at least 2 above ${start}, the middle of the days before the first session. It says nothing about why.`,
  earlier: "Earlier sessions",
  since_column: "Time since",
  hours: (/** @type {string} */ hours, /** @type {number} */ count) => `${hours} ${counted(count, { one: "hour", other: "hours" })}`,
  days: (/** @type {string} */ days) => `${days} days`,
  told_since: (/** @type {ToldSince} */ { day, n, first, after, last, until, lowest, highest }) =>
    n === 1 ? `Session of ${day}: ${first} ${after} after it.` : `Session of ${day}, ${n} entries: ${first} ${after} after it, ${last} ${until} after it, between ${lowest} and ${highest}.`,
  after_column: "Session",
  too_few: "too few",
}
