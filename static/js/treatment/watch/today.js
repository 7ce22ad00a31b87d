/** On Today: one quiet line when it is time for the weekly question, or for a look at bladder and memory. */
import { account } from "../../accounts/account.js"
import { element } from "../../base/dom.js"
import { hereZone, localDay, now } from "../../base/time.js"
import { keepNote, noteOf } from "../../records/notes.js"
import { all } from "../../records/store.js"
import { tookPlace } from "../../records/told.js"
import { exposureOf, isDueAgain, isLook, WEEKLY_NOTE } from "./rules.js"
import { words } from "./words.js"

/** Under this name the device notes on which day somebody would rather not. */
const NOT_NOW = "watch-not-now"

/** The line, or none. @param {any} db @param {() => void} again shows Today's lines anew @returns {Promise<Element[]>} */
export async function watchLine(db, again) {
  const [rows, watched, note] = await Promise.all([all(db, "treatment_session"), all(db, "watch"), noteOf(db, NOT_NOW)])
  const startsAt = account.peek()?.day_starts_at
  const today = localDay(now(), hereZone(), startsAt)
  const days = tookPlace(rows, now()).map(({ starts_at, zone }) => ({ day: localDay(starts_at, zone, startsAt) }))
  const weekly = await noteOf(db, WEEKLY_NOTE)
  if (weekly?.is_wanted) {
    const asked = (await import("./weekly.js")).weeklyLine(db, weekly, watched, today, again)
    if (asked.length) return asked
  }
  const looked = watched.filter(({ record }) => isLook(record.values)).map(({ record: { values } }) => localDay(values.occurred_at, values.zone, startsAt))
  if (!isDueAgain(exposureOf(days, today), [days[0]?.day, ...looked, note?.day].filter(Boolean), today)) return []
  const later = element("button", { class: "link small", type: "button" }, words.not_now)
  later.addEventListener("click", () => keepNote(db, { id: NOT_NOW, day: today }).then(again, (fault) => console.info("It was not put off.", fault)))
  const ways = element("span", { class: "ways" }, element("a", { class: "small", href: "#/watch" }, words.look), later)
  return [element("li", {}, element("span", { class: "soft small" }, words.on_today), ways)]
}
