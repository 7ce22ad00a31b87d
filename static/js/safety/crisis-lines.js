/** Crisis lines by country, bundled so that they are here without a network. `verified: false` is said on the page. */

/**
 * @typedef {object} Line
 * @property {string} country ISO 3166-1 @property {"crisis"} kind @property {string} name
 * @property {string | null} call @property {{to: string, word: string} | null} text @property {string | null} chat
 * @property {string} source @property {boolean} verified @property {string | null} reviewed_on @property {string | null} stale_after
 */

// Found in published sources, which give no day of review; after half a year they are to be looked up again.
const REVIEWED = { verified: true, reviewed_on: null, stale_after: "2027-05-01" }
const UNREVIEWED = { verified: false, reviewed_on: null, stale_after: null }

/** @type {Line[]} */
export const LINES = [
  { country: "US", kind: "crisis", name: "988 Suicide & Crisis Lifeline", call: "988", text: { to: "988", word: "" }, chat: "988lifeline.org", source: "988lifeline.org", ...REVIEWED },
  { country: "US", kind: "crisis", name: "Crisis Text Line", call: null, text: { to: "741741", word: "HOME" }, chat: null, source: "crisistextline.org", ...REVIEWED },
  { country: "CA", kind: "crisis", name: "9-8-8 Suicide Crisis Helpline", call: "988", text: { to: "988", word: "" }, chat: null, source: "988.ca", ...REVIEWED },
  { country: "GB", kind: "crisis", name: "Samaritans", call: "116 123", text: null, chat: null, source: "samaritans.org", ...REVIEWED },
  { country: "GB", kind: "crisis", name: "Shout", call: null, text: { to: "85258", word: "SHOUT" }, chat: null, source: "giveusashout.org", ...REVIEWED },
  { country: "IE", kind: "crisis", name: "Samaritans", call: "116 123", text: null, chat: null, source: "samaritans.org", ...UNREVIEWED },
  { country: "AU", kind: "crisis", name: "Lifeline", call: "13 11 14", text: null, chat: null, source: "lifeline.org.au", ...UNREVIEWED },
  { country: "NZ", kind: "crisis", name: "1737, need to talk?", call: "1737", text: { to: "1737", word: "" }, chat: null, source: "1737.org.nz", ...UNREVIEWED },
  { country: "DE", kind: "crisis", name: "TelefonSeelsorge", call: "0800 111 0 111", text: null, chat: null, source: "telefonseelsorge.de", ...UNREVIEWED },
  { country: "FR", kind: "crisis", name: "3114", call: "3114", text: null, chat: null, source: "3114.fr", ...UNREVIEWED },
  { country: "ES", kind: "crisis", name: "Línea 024", call: "024", text: null, chat: null, source: "sanidad.gob.es", ...UNREVIEWED },
  { country: "NL", kind: "crisis", name: "113", call: "113", text: null, chat: null, source: "113.nl", ...UNREVIEWED },
  { country: "BR", kind: "crisis", name: "CVV", call: "188", text: null, chat: null, source: "cvv.org.br", ...UNREVIEWED },
  { country: "IN", kind: "crisis", name: "Tele-MANAS", call: "14416", text: null, chat: null, source: "telemanas.mohfw.gov.in", ...UNREVIEWED },
]

/** The number for an emergency in each country; `verified` as above. @type {Record<string, {call: string, verified: boolean}>} */
export const EMERGENCY = {
  US: { call: "911", verified: true },
  CA: { call: "911", verified: true },
  GB: { call: "999", verified: true },
  IE: { call: "112", verified: false },
  AU: { call: "000", verified: false },
  NZ: { call: "111", verified: false },
  DE: { call: "112", verified: false },
  FR: { call: "112", verified: false },
  ES: { call: "112", verified: false },
  NL: { call: "112", verified: false },
  BR: { call: "192", verified: false },
  IN: { call: "112", verified: false },
}

/** A directory to look up from anywhere; printed, never asked by this app. */
export const ELSEWHERE = "findahelpline.com"
