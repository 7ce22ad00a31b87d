/** Which country's lines to show, and how to reach them. Pure. */
import { EMERGENCY, LINES } from "./crisis-lines.js"
import { ZONES } from "./zones.js"

/**
 * The country a device stands in by its time zone, where we have lines for it; "" elsewhere. A language is asked only where
 * the zone names no place: people keep their language when they go abroad, and the number would be the wrong one.
 * @param {string | undefined} zone @param {readonly string[]} languages
 */
export function countryOf(zone, languages) {
  const here = Object.keys(ZONES).find((country) => ZONES[country].split(" ").includes(zone ?? ""))
  if (here) return here
  if (zone?.includes("/") && !zone.startsWith("Etc/")) return ""
  const regions = languages.map((tag) => tag.match(/-([A-Z]{2})\b/)?.[1] ?? "")
  return regions.find((region) => region in EMERGENCY) ?? ""
}

/** @param {string} country */
export const linesOf = (country) => LINES.filter((line) => line.country === country)

/** "tel:0800111011". @param {string} number */
export const telOf = (number) => `tel:${number.replace(/[^\d+]/g, "")}`

/** "sms:741741?body=HOME". @param {{to: string, word: string}} text */
export const smsOf = ({ to, word }) => `sms:${to}${word ? `?body=${word}` : ""}`

/** Whether a number has been looked at lately enough. @param {{verified: boolean, stale_after?: string | null}} line @param {string} today */
export const isChecked = ({ verified, stale_after }, today) => verified && (!stale_after || today <= stale_after)
