/** What a chart says, in English. */
/** @typedef {"day" | "week" | "month"} Step a point stands for a day, a week, four weeks */
/** @typedef {{name: string, first: string, firstOn: string, last: string, lastOn: string, lowest: string, highest: string}} Told one line */

const each = { day: "day", week: "week", month: "four weeks" }

export default {
  /** At the end of a line, in a legend, over a column. */
  line: /** @type {Record<string, string>} */ ({ mood: "mood", anxiety: "anxiety", dissociation: "detached" }),
  /** Within a sentence. */
  name: /** @type {Record<string, string>} */ ({ mood: "mood", anxiety: "anxiety", dissociation: "detachment" }),
  session: "session",
  table: "The same as a table",
  column: { day: "Day", week: "Week from", month: "Four weeks from" },
  remembered_later: {
    day: "On this day something was remembered later: written more than 6 hours after it was felt.",
    week: "In this week something was remembered later: written more than 6 hours after it was felt.",
    month: "In these four weeks something was remembered later: written more than 6 hours after it was felt.",
  },
  nothing: (/** @type {string} */ span) => `Nothing was written: ${span}.`,
  unanswered: (/** @type {string} */ span) => `No scale was answered: ${span}.`,
  left_out: "What was written lies within 24 hours after a session. The lines leave these hours out.",
  caption: (/** @type {Step} */ step, /** @type {string} */ names, /** @type {string} */ span, /** @type {boolean} */ hasSessions) =>
    `Mean of each ${each[step]} for ${names}, from 0 to 10, ${span}; ${step === "day" ? "days" : "times"} without an entry stay open${
      hasSessions ? ", and // marks a session, whose first 24 hours are left out" : ""}.`,
  told: (/** @type {Told} */ { name, first, firstOn, last, lastOn, lowest, highest }) =>
    `${name[0].toUpperCase()}${name.slice(1)}: ${first} on ${firstOn}, ${last} on ${lastOn}, between ${lowest} and ${highest}.`,
  told_once: (/** @type {Told} */ { name, first, firstOn }) => `${name[0].toUpperCase()}${name.slice(1)}: ${first} on ${firstOn}.`,
  mark: { meeting: "meeting", first_day: "first day of a medicine", last_day: "last day of one" },
  named: { first_day: (/** @type {string} */ name) => `${name}, first day`, last_day: (/** @type {string} */ name) => `${name}, last day` },
  marks: (/** @type {string} */ told) => `Beside it: ${told}.`,
  sessions: (/** @type {string} */ days) => `Sessions: ${days}.`,
}
