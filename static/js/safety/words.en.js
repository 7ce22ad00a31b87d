/** What is said on the pages of help and of coming back, in English. Numbers and names of lines are data: crisis-lines.js. */
import { listed } from "../base/language.js"

const reader = /** @type {Record<string, string>} */ ({ therapist: "your therapist", prescriber: "your prescriber" })
const shown = /** @type {Record<string, string>} */ ({ scales: "the scales", notes: "the notes written for them", measures: "what the questionnaire comes to" })

export default {
  help: {
    title: "I need help",
    lead: "This is not an emergency service. Nobody watches it in real time, or between meetings.",
    card_title: "Before you go on",
    card_lead: (/** @type {string} */ seen) => `What you wrote is kept. ${seen} If you would like to speak with somebody now, these lines answer.`,
    seen_unknown: "Nobody is told of it at once, and nobody watches it in real time.",
    seen_by_nobody: "Nobody sees it: it is not shared with anyone now.",
    /** "Later, your therapist can see the scales and the notes written for them; nobody watches in real time." */
    seen: (/** @type {{who: string[], what: string[]}[]} */ groups) =>
      `Later, ${listed(groups.map(({ who, what }) => `${listed(who.map((one) => reader[one]))} can see ${listed(what.map((one) => shown[one]))}`))}; nobody watches in real time.`,
    far: "I feel far away: here and now",
    plan: "My safety plan",
    not_now: "Not now",
    noted: "Numbers you noted",
    with_you: "with you that night",
    clinic: "The clinic",
    numbers_for: (/** @type {string} */ country) => `Numbers for ${country}`,
    numbers_here: "Numbers where you are",
    in_danger: "In danger now",
    local_number: "your local emergency number",
    call: (/** @type {string} */ number) => `Call ${number}`,
    text: (/** @type {string} */ to) => `text ${to}`,
    text_word: (/** @type {string} */ word, /** @type {string} */ to) => `text ${word} to ${to}`,
    chat: (/** @type {string} */ at) => `or chat at ${at}`,
    elsewhere: "Crisis lines in other countries",
    if_none: (/** @type {string} */ emergency, /** @type {string} */ at) => `If a line does not answer: ${emergency}, or ${at}.`,
    checked_on: (/** @type {string} */ day) => `Numbers last checked on ${day}.`,
    no_date: "No date of a last check is noted for these numbers.",
    choose_country: "If you are somewhere else, choose the country",
    another_country: "Another country",
    body: "For the body",
    body_signs:
      "Chest pain, fainting, trouble breathing, blood in urine or not being able to pass it, no sleep with racing energy, hearing voices: call your clinic, or the emergency number.",
    body_card: "The clinic’s number and the emergency number",
    near: "Somebody near",
    near_means: "Somebody you feel safe with can sit with you while you call, or call for you.",
    phone: "A lost phone, or somebody who should not read this",
    phone_means: "Everything that can open this diary, on one page",
  },

  medical: {
    title: "When the body needs somebody now",
    lead: "Facts, no diagnosis. If one of the signs below is there, call; nobody minds a call too many.",
    signs: [
      "Chest pain",
      "Fainting",
      "Trouble breathing",
      "Blood in urine, or not being able to pass it",
      "No sleep, with racing energy",
      "Hearing voices",
    ],
    emergency: "Emergency number",
    clinic: "The clinic",
    note_down: "Note the clinic’s number",
    change: "Change the clinic’s number",
    number: "The clinic’s number",
    device_only: "Kept on this device alone, and never sent.",
    locked_too: "Show it while the app is locked",
    locked: "The clinic’s number waits for the unlock, or was never noted.",
    save: "Save",
    leave: "Leave it",
    to_help: "Other numbers to call",
  },

  here: {
    title: "Here and now",
    it_is: (/** @type {string} */ weekday, /** @type {string} */ time) => `It is ${weekday}, ${time}.`,
    session: {
      today: (/** @type {string} */ time) => `Your session was today at ${time}.`,
      yesterday: (/** @type {string} */ time) => `Your session was yesterday at ${time}.`,
      on: (/** @type {string} */ weekday, /** @type {string} */ time) => `Your session was on ${weekday} at ${time}.`,
    },
    wrote: (/** @type {string} */ text) => `You wrote: “${text}”`,
    back: "What brings you back, in your words",
    senses: ["Put both feet on the floor.", "Name five things you can see.", "Say where you are, out loud if you like."],
    out: "Back",
  },
}
