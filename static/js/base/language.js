/** The language of the words: found once when the page starts. Another choice starts the page anew. */
import { remember } from "./database.js"
import { format, hereZone } from "./time.js"

/** The languages there are words in, each by its own name. */
export const LANGUAGES = /** @type {Record<string, string>} */ ({ en: "English", es: "Español" })

/** Where start.js finds the choice, before anything else can be asked. */
const KEY = "interlude.language"

/** The language of this page; start.js chose it. */
export const language = globalThis.document?.documentElement.lang || "en"

/** The person's own kind of that language, for dates and numbers. */
export const locale = globalThis.navigator?.languages?.find((name) => name.split("-")[0] === language) ?? { en: "en-GB", es: "es-ES" }[language] ?? "en"

/** Chooses another language for this device; the worker reads it too. @param {string} chosen */
export async function speak(chosen) {
  localStorage.setItem(KEY, chosen)
  await remember("language", chosen)
  location.reload()
}

/**
 * The words of one folder in the language of this page. Only that one is fetched.
 * @template T @param {Record<string, () => Promise<{default: T}>>} files @returns {Promise<T>}
 */
export const wordsIn = async (files) => (await files[language]()).default

// Each is made once it is asked for: together they hold up a first start.
/** @type {Intl.PluralRules | undefined} */
let plurals
/** @type {Intl.NumberFormat | undefined} */
let numbers
/** @type {Intl.ListFormat | undefined} */
let lists

/** The form of a text that goes with a number: counted(1, { one: "1 day", other: "1 days" }). @param {number} count @param {{one: string, other: string}} forms */
export const counted = (count, forms) => ((plurals ??= new Intl.PluralRules(locale)).select(count) === "one" ? forms.one : forms.other)

/** "6.5", as it is written here; at most one decimal. @param {number} value */
export const number = (value) => (numbers ??= new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })).format(value)

/** "mood, anxiety and detachment". @param {string[]} items */
export const listed = (items) => (lists ??= new Intl.ListFormat(locale, { type: "conjunction" })).format(items)

/** "20:41". @param {string} instant @param {string} [zone] */
export const timeWords = (instant, zone = hereZone()) => format({ timeZone: zone, timeStyle: "short" }, locale).format(new Date(instant))
