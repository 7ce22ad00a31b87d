/** What is said of exposure and of the watch, in English. */
import { counted, listed } from "../../base/language.js"

const sessions = (/** @type {number} */ n) => `${n} ${counted(n, { one: "session", other: "sessions" })}`

export default {
  title: "Bladder, memory, craving",
  lead: "Many sessions can touch the bladder, the kidneys and memory. A look now and then is for that.",
  exposure: "Sessions so far",
  none: "No session is noted yet.",
  counted: (/** @type {number} */ all, /** @type {number} */ thirty, /** @type {number} */ sixty) => `${sessions(all)} so far: ${thirty} in the last 30 days, ${sixty} in the last 60.`,
  given: (/** @type {[string, number][]} */ routes) => `Given as ${listed(routes.map(([said, n]) => `${said} (${n})`))}.`,
  unsaid: "way not said",
  due: "It is time for a look.",
  every: (/** @type {number} */ days) => `Every ${days} days is often enough.`,
  on_today: "It is time for a look at bladder and memory.",
  look: "Look",
  not_now: "Not now",
  form: "A look",
  body: "Bladder and kidneys, in the last two weeks",
  mind: "Memory and thinking, in the last two weeks",
  beside: "Beside the plan",
  told: "Telling is not punished. It stays with you unless you choose a reader.",
  item: /** @type {Record<string, string>} */ ({
    urgency: "Having to go at once", frequency: "Going more often than before", night_time: "Waking at night to pass urine", pain: "Pain passing urine",
    flank_pain: "Pain in the side or lower back", memory: "Forgetting things", finding_words: "Trouble finding words", concentration: "Trouble concentrating",
    blood: "Blood in urine", cannot_pass_urine: "Not able to pass urine", craving: "Craving for it, 0 to 10", doses_outside_plan: "Doses outside the plan",
    little_sleep_much_energy: "Much less sleep, yet full of energy",
  }),
  weekly: {
    title: "Sleep and energy",
    means: "One question a week on Today, for whoever knows times of little sleep and much energy.",
    ask: "Ask me once a week",
    question: "This week: much less sleep than you are used to, yet full of energy?",
  },
  strength: /** @type {Record<string, string>} */ ({ none: "none", mild: "mild", moderate: "moderate", severe: "severe" }),
  yes: "yes",
  no: "no",
  not_said: "not said",
  reader: "Who may read it",
  audience: /** @type {Record<string, string>} */ ({ me: "only me", therapist: "my therapist", prescriber: "my prescriber", both: "therapist and prescriber" }),
  save: "Keep it",
  leave: "Leave it",
  before: "Earlier looks",
  nothing: "nothing noted",
  remove: "Remove",
  not_kept: "It was not kept: this device has no room, or its storage does not answer. Your answers still stand here.",
  card: "Signs of the body that need somebody now",
}
