/** What Today says, in English. */
import { counted } from "../base/language.js"

export default {
  scale: { mood: "mood", anxiety: "anxiety", dissociation: "detached" },
  no_answers: "a moment noted, no answers",
  a_note: "a note",
  changing: "you are changing this entry, as it was felt then",
  /** By whole days since. */
  since_session: ["day of your session", "the day after your session", "second day after your session", "third day after your session",
    "fourth day after your session", "fifth day after your session", "sixth day after your session", "seventh day after your session"],
  now: "now",
  /** What a session asks now, above the form. */
  point: /** @type {Record<string, string>} */ ({
    "t+2h": "About two hours after your session: the three scales, if you can.",
    "t+4h": "A few hours after your session: the scales, and any side effects.",
    "t+24h": "A day after your session: the scales, any side effects, and what you want to keep.",
    "t+72h": "Three days after your session: the scales, and a line on what goes with you into the week.",
    "t+7d": "A week after your session: the scales, and how life compares.",
  }),
  /** What was begun long ago and not saved. */
  begun: (/** @type {string} */ when) => `Begun ${when}.`,
  yesterday: (/** @type {string} */ time) => `yesterday, ${time}`,
  keep_time: "Keep that time",
  for_now: "It is for now",
  tonight: "Tonight, after your session",
  after_session: "After your session",
  planned: (/** @type {string} */ when) => `A session is planned for ${when}.`,
  before: (/** @type {string} */ when) => `A session is planned for ${when}. Before it: your own words, the ride home, what is new.`,
  planned_passed: (/** @type {string} */ when) => `A session was planned for ${when}. What became of it?`,
  /** The short form after a session. */
  brief: /** @type {Record<string, string>} */ ({ mood: "Mood", anxiety: "Anxiety", dissociation: "Detached" }),
  whole_form: "Show the whole form",
  /** Offered after saving. */
  strong_in_body: "You noted something severe.",
  strong_in_body_page: "Signs of the body that need somebody now",
  far_away: "You said you were far away, or that it was hard.",
  far_away_page: "A page for coming back",
  hard_stretch: "A hard stretch. Want to tell someone?",
  hard_stretch_page: "Who you could tell",
  not_now: "Not now",
  nothing_answered: "Nothing is answered yet. “I can’t answer right now” notes the moment.",
  still_to_come: "That time is still to come. Nothing was lost: choose when it was felt, or empty it for now.",
  saved: (/** @type {string} */ at) => `Saved on this device, ${at}`,
  sent: (/** @type {string} */ at) => `Saved and sent, ${at}`,
  no_room: "Not saved: this device has no room left. What you wrote is still here; make some room, then press Save again.",
  not_kept: "Not saved: this device could not keep it. What you wrote is still here; press Save again.",
  waiting: (/** @type {number} */ count) => `${count} not yet sent.`,
  need_a_look: (/** @type {number} */ count) => counted(count, { one: "One entry needs a look: see History.", other: `${count} entries need a look: see History.` }),
  change_it: "Change it",
  undo: "Undo",
  taken_back: "Taken back. Nothing was noted.",
  sign_in_again: "Sign in again to send",
}
