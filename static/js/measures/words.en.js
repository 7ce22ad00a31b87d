/** What is said around questionnaires, in English. Their own words are data: instruments.js. */
import { counted } from "../base/language.js"

const questions = (/** @type {number} */ count) => counted(count, { one: "1 question", other: `${count} questions` })

export default {
  title: "Question\u00adnaires",
  lead: "Asked the same way each time, so that one time can be compared with another. None of them is a diagnosis, and none has to be filled in.",
  no_such: "There is no such questionnaire",
  not_offered: "It is not offered here now. What you answered before stays in History.",
  to_list: "All questionnaires",
  source: "Who made them",
  offered: "Offered on Today",
  offered_means: "In the four days before a series of sessions, and from two weeks after its last one. Each can be left.",
  every_two_weeks: "every two weeks",
  monthly: "about once a month",
  english: "",
  named: (/** @type {string} */ title) => title,
  about: /** @type {Record<string, string>} */ ({
    "phq-9": "Low mood, and what comes with it",
    "phq-8": "Low mood, and what comes with it, in eight questions",
    "gad-7": "Worry and tension",
    "who-5": "How life has felt",
    peg: "Pain, and what it keeps from you",
    "pcl-5": "What stays after something very hard",
    "phq-2": "Low mood, the two shortest questions",
    "qids-sr16": "Low mood and sleep, in detail",
    "madrs-s": "Mood over the last days",
    isi: "Sleep",
    "des-b": "Being detached",
    asrm: "Much energy, little sleep",
    icsi: "The bladder",
  }),
  looks_back: (/** @type {number} */ count, /** @type {number} */ days) => `${questions(count)} about the last ${days === 30 ? "month" : days % 7 ? `${days} days` : counted(days / 7, { one: "week", other: `${days / 7} weeks` })}.`,
  last_on: (/** @type {string} */ when) => `Last filled in ${when}`,
  paused: (/** @type {number} */ done, /** @type {number} */ of) => `Paused, ${done} of ${of} done`,

  // Before it
  begin: "Begin",
  not_today: "Not now",
  how: "One question at a time. You can pause at any of them; what is answered stays here for 4 days.",
  begun: (/** @type {string} */ when, /** @type {number} */ done, /** @type {number} */ of) => `You began on ${when}. ${done} of ${of} are done.`,
  go_on: "Go on",
  anew: "Throw it away",
  stale: (/** @type {string} */ when) => `What you began on ${when} was not finished within 4 days. It is put away, so that older answers are not taken for fresh ones.`,
  spans: (/** @type {string[]} */ days) =>
    `It looks back over your ${days.length === 1 ? "session" : "sessions"} of ${days.join(", ")}, so it averages over before and after, and is marked so. The scales on Today tell these days apart.`,
  hard: "It asks 20 things about the hardest thing that happened to you: memories, dreams, the body, blame. It can stir things up. Choose a time with somebody near, or something calm after it. You can stop at any question, and keep or throw away what you answered. It ends on the page for here and now.",
  event: "What you think of while you answer, in a few words",
  event_hint: "It can stay empty. It is for you: it is never shared, and in no summary.",
  waits: {
    dose: "This one waits until 72 hours after a session.",
    night: "This one waits until the day. Nights make it heavier.",
  },
  here: "Here and now",

  // One question
  progress: (/** @type {number} */ at, /** @type {number} */ of) => `${at} of ${of}`,
  one_more: "One more, beside the others",
  decline: "Prefer not to answer",
  no_total: "then there is no total",
  next: "Next",
  save: "Save",
  back: "Back",
  pause: "Pause",
  stop: "Stop",
  choose: "Choose one, or “Prefer not to answer”.",
  no_room: "Not saved: this device has no room left. What you answered is still here.",
  not_kept: "Not saved. What you answered is still here; try again.",

  // Stopped
  stopped: "Stopped",
  stopped_lead: "Nothing has to be finished.",
  keep_half: "Keep what I answered, for 4 days",

  // After it
  saved: "Saved on this device.",
  sent: "Saved and sent.",
  refused: (/** @type {string} */ reasons) => `The server did not take this: ${reasons}. It is kept here.`,
  reason: (/** @type {boolean} */ isTime, /** @type {string} */ detail) => `${isTime ? "the time it was filled in" : "one of the answers"} ${detail}`,
  no_reason: "no reason was given",
  as_before: "One answer is as it was last time.",
  speak: "If you would like to speak with somebody now:",
  numbers: "lines that answer",
  plan: "your safety plan",
  somebody: "or somebody you feel safe with.",
  incomplete: "Not every question has an answer, so it has no total. What you answered is kept.",
  where: "What it comes to stands in History, folded.",
  also: "Also waiting",
  today: "Today",

  // On Today
  due: (/** @type {string} */ title, /** @type {string} */ looksBack) => `${title}: ${looksBack}`,
  half_on_today: (/** @type {string} */ title, /** @type {number} */ done, /** @type {number} */ of) => `${title} is paused, ${done} of ${of} done.`,
  fill_in: "Fill in",

  // What it came to
  entry: (/** @type {string} */ title, /** @type {boolean} */ isComplete) => (isComplete ? title : `${title}, not all answered`),
  comes_to: "What it comes to",
  total: (/** @type {string} */ total, /** @type {string} */ highest) => `${total} of ${highest}`,
  band: /** @type {Record<string, string>} */ ({
    minimal: "minimal",
    none: "none",
    extreme: "extreme",
    subthreshold: "below a line",
    "very severe": "very severe",
    "not clinically significant": "low",
    "below the cut-off": "below the line of 6",
    "probable mania or hypomania": "6 or more: worth telling somebody who treats you",
    mild: "mild",
    moderate: "moderate",
    "moderately severe": "moderately severe",
    severe: "severe",
    negative: "below the line of 3",
    positive: "3 or more: worth asking further",
    "likely depression": "28 or less: worth telling somebody who treats you",
    "low well-being": "50 or less: low",
  }),
  from_to: (/** @type {string} */ highest) => `0 to ${highest}`,
  day: "Day",
  total_column: "Total",
  band_column: "Called",
  /** "From 1 October to 31 October: 5 lower". */
  moved: (/** @type {string} */ from, /** @type {string} */ to, /** @type {string} */ points, /** @type {number} */ sign) =>
    `From ${from} to ${to}: ${sign ? `${points} ${sign < 0 ? "lower" : "higher"}` : "the same"}`,
  /** By what its instrument is read: the measurement error, a line of its own, or what people notice alone. */
  reading: /** @type {Record<string, Record<string, string>>} */ ({
    error: {
      beyond_error_better: "beyond measurement error",
      noticeable_better: "a change people often notice, within measurement error",
      within_variation: "within normal variation",
      noticeable_worse: "a change people often notice, within measurement error",
      beyond_error_worse: "beyond measurement error",
    },
    own: {
      beyond_error_better: "at or beyond the line its authors use",
      beyond_error_worse: "at or beyond the line its authors use",
    },
    noticed: {
      noticeable_better: "a change people often notice",
      within_variation: "within normal variation",
      noticeable_worse: "a change people often notice",
    },
  }),
  harder: /** @type {Record<string, string>} */ ({
    error: "Harder than before, by more than chance usually explains. This happens to some people. Worth telling your therapist.",
    own: "Harder than before, at or beyond the line its authors use. This happens to some people. Worth telling your therapist.",
  }),
  help: "I need help",
  averages: "Looks back over a session: before and after in one.",
  later: { night: "What a questionnaire comes to is shown by day.", fresh: "What a questionnaire comes to is shown an hour later, not straight after filling it in." },
  better: /** @type {Record<string, string>} */ ({ lower: "Lower is lighter.", higher: "Higher is better." }),
}
