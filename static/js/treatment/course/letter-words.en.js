/** What a course's letter says, in English. */
import { counted } from "../../base/language.js"

const sessions = (/** @type {number} */ n) => `${n} ${counted(n, { one: "session", other: "sessions" })}`

export default {
  title: "A course of treatment",
  what_it_is: (/** @type {string} */ day) => `Counted on ${day} from a diary that a person kept. It says what was written there, and nothing about why. It is no report of a clinic.`,
  none: "There is a letter once a course has its last day.",
  to_course: "The course of treatment",
  treatment: "What was noted",
  no_session: "No session is noted in these days.",
  sessions: (/** @type {number} */ n, /** @type {string} */ days) => `${sessions(n)}: ${days}.`,
  given: (/** @type {string} */ ways) => `Given as ${ways}.`,
  reason: "In the person’s own words, why it came to its last day:",
  not_now: { night: "The figures are shown by day.", fresh: "The figures are shown a little later, not straight after writing." },
  written: "What was written",
  days: (/** @type {number} */ written, /** @type {number} */ of) => `On ${written} of ${of} ${counted(of, { one: "day", other: "days" })} something was written.`,
  start: {
    measured: (/** @type {string} */ mood, /** @type {number} */ days) => `Mood before the first session, from 0 to 10: ${mood}, the middle of ${days} days.`,
    recalled: (/** @type {string} */ mood, /** @type {number} */ _days) => `Mood before the first session, from 0 to 10: ${mood}, as it was recalled later.`,
    none: (/** @type {string} */ _mood, /** @type {number} */ _days) => "Too little was written before the first session to say where it began, so better days are not counted.",
  },
  better_means: "Counted are days with a mood at least 2 above that, of the days with a mood, in each week after a series of sessions.",
  after: (/** @type {string} */ day, /** @type {string} */ weeks) => `After ${day}: ${weeks}.`,
  week: (/** @type {number} */ week, /** @type {number} */ better, /** @type {number} */ of) => `week ${week}, ${better} of ${of}`,
  few: (/** @type {number} */ week) => `week ${week}, too few days to say`,
  no_room: (/** @type {number} */ week) => `week ${week}, no room above to count`,
  forms: "Questionnaires",
  forms_mean: "The last one before the first session, and the latest that looks back over none.",
  moved: (/** @type {string} */ title, /** @type {string} */ from, /** @type {string} */ fromOn, /** @type {string} */ to, /** @type {string} */ toOn, /** @type {string} */ reading) =>
    `${title}: ${from} on ${fromOn}, ${to} on ${toOn}${reading && `; ${reading}`}.`,
  left_out: "No note, no medicine and nothing said in confidence stands in this letter. Who gets it is for the person who kept the diary to choose.",
  print: "Print this page",
  letter: "A letter of one page about it",
  letter_for: "to keep, to print, to hand on",
}
