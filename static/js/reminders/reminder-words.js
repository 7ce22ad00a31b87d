/** A reminder and what became of it, in words. Pure. */
import { listed } from "../base/language.js"
import { dayWords, weekdayName } from "../base/time-words.js"
import { pauseOf } from "./rules.js"
import { words } from "./words.js"

/**
 * "Every day at 20:30."; where no notification comes to this device, nothing that sounds like one.
 * @param {import("./rules.js").Reminder} reminder @param {string} today @param {boolean} comes
 */
export function inWords(reminder, today, comes) {
  const pause = pauseOf(reminder, today)
  if (pause) return words.paused_until(dayWords(pause))
  const said = comes ? words : words.set
  const time = reminder.local_time.slice(0, 5)
  const days = reminder.weekdays.toSorted()
  const when = days.length === 7 ? said.every_day(time) : days.join("") === "12345" ? said.on_weekdays(time) : said.on(listed(days.map((day) => weekdayName(day))), time)
  return comes ? `${when}${reminder.skip_if_logged ? words.unless_written : ""}.` : when + words.shows_here
}

/** "A test: shown". @param {{status: string, slot: string, action?: string | null}} delivery */
export function deliveryInWords({ status, slot, action }) {
  const said = words.ledger
  const what = (said.status[status] ?? status) + (action === "not_now" ? said.not_now : "")
  if (slot === "test") return said.test(what)
  return ["expired", "failed"].includes(status) ? what + said.waited : what
}
