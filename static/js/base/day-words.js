/** Days in words of this project's own, where the language alone has none. */
import { addDays, hereZone, wall } from "./time.js"
import { dayWords, weekday } from "./time-words.js"
import { words } from "./words.js"

/** "Monday evening". @param {string} instant @param {string} [zone] */
export function partOfDay(instant, zone = hereZone()) {
  const { day, time } = wall(instant, zone)
  if (time < "05:00") return words.part_of_day.night(weekday(addDays(day, -1)))
  return words.part_of_day[time < "12:00" ? "morning" : time < "17:00" ? "afternoon" : time < "22:00" ? "evening" : "night"](weekday(day))
}

/** "15 September to 23 November". @param {string} from @param {string} to */
export const spanWords = (from, to) => (from === to ? dayWords(from) : words.span(dayWords(from), dayWords(to)))
