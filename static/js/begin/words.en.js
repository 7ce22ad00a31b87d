/** What the first five minutes ask, in English. */

export default {
  skip: "Skip this",
  not_now: "Not now",
  others: {
    title: "Does anyone else open this phone?",
    lead: "A partner, a child, somebody at work. Your answer decides what is asked next; it is kept nowhere.",
    yes: "Yes, or it can happen",
    no: "No",
  },
  lock: {
    title: "A lock for what you wrote?",
    lead: "Reading then asks for a PIN or a passkey. Writing never does. It can be set, or taken away, at any time.",
    yes: "Set the lock",
  },
  name: {
    title: "What should it be called?",
    lead: "On the tab, on the home screen, on notifications.",
    names: /** @type {Record<string, string>} */ ({ "": "Interlude", notes: "Notes" }),
  },
  reminder: {
    title: "What may a reminder say?",
    lead: "It can be read on a locked screen by whoever is near. There is no reminder until you ask for one.",
    own: "Or in your own words",
    take: "Use these words",
    suggestions: ["A moment for your journal", "A moment for yourself", "Something to note"],
  },
  country: {
    title: "Which country are you in?",
    lead: "So that the right numbers to call are here, also without a network.",
    another: "Another country",
    take: "This one",
  },
}
