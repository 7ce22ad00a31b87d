/** The emergency numbers that stand here: one, or abroad also the one of the country that was chosen, each by its country's name. */
import { remembered } from "../base/database.js"
import { locale } from "../base/language.js"
import { hereZone } from "../base/time.js"
import { EMERGENCY } from "./crisis-lines.js"
import { emergencyIn } from "./rules.js"
import { words } from "./words.js"

/** @typedef {{code: string, call: string | undefined, name: string}} Emergency without a number that we know it is the local one */

const said = words.help

/** @param {string} code */
export const nameOf = (code) => new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code

/** First the one of where the device is. @param {string | undefined} chosen @returns {Emergency[]} */
export const emergenciesOf = (chosen) =>
  emergencyIn(chosen, hereZone(), navigator.languages).map((code, place) => ({
    code, call: EMERGENCY[code]?.call, name: code ? nameOf(code) : place ? said.another_country : said.where_you_are,
  }))

/** As chosen on this device so far. */
export const emergenciesNow = async () => emergenciesOf(await remembered("country"))
