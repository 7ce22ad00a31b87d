/** The questionnaires that a reminder asks for on Today: open by the phone's own reckoning, and not said there already. */
import { account } from "../accounts/account.js"
import { element } from "../base/dom.js"
import { hereZone, localDay, now, wall } from "../base/time.js"
import { freshHalves, RESPONSE } from "../measures/half.js"
import { known as knownForms, offered, whenRead } from "../measures/known.js"
import { offersOf, wishes } from "../measures/offered.js"
import { isFilledInOn, scoredOf, whyNotNow } from "../measures/rules.js"
import { words } from "../measures/words.js"
import { counted } from "../records/rules.js"
import { all } from "../records/store.js"
import { tookPlace } from "../records/told.js"
import { formsDue, turnAt } from "./forms.js"

/** @typedef {{due: import("./occurrence.js").Due, said: string, way: Element[]}} Form a line of Today */

/** @param {any} db @param {import("./occurrence.js").Known} known @returns {Promise<Form[]>} */
export async function formsOnToday(db, known) {
  await whenRead()
  const [sessions, responses, wanted, halves] = await Promise.all([all(db, "treatment_session"), all(db, RESPONSE), wishes(db), freshHalves(db)])
  const [at, given, startsAt] = [now(), tookPlace(sessions, now()), account.peek()?.day_starts_at]
  const values = responses.map(({ record }) => counted(record))
  if (isFilledInOn(localDay(at, hereZone(), startsAt), values, startsAt)) return []
  const said = new Set([...offersOf(wanted, sessions, responses), ...halves.map(({ fields }) => fields)].map(({ instrument }) => instrument))
  const instrumentOf = (/** @type {string | undefined} */ id) => offered().find((one) => one.id === id && !said.has(one.id) && !whyNotNow(one, given, wall(at, hereZone()).time, at))
  const due = formsDue(known, at, (reminder) => {
    const days = values.filter(({ instrument }) => instrument === reminder.instrument).map(({ completed_at, zone }) => localDay(completed_at, zone, startsAt))
    const isHard = knownForms().some(({ id, has_index_event }) => id === reminder.instrument && has_index_event)
    return turnAt(reminder, days.toSorted().at(-1), isHard ? given.map(({ starts_at }) => starts_at) : [], at)
  })
  return due.flatMap((one) => {
    const instrument = instrumentOf(one.instrument)
    if (!instrument) return []
    const way = element("a", { class: "small", href: `#/questionnaires/${instrument.id}` }, words.fill_in)
    return [{ due: one, said: words.due(words.named(instrument.title), words.looks_back(scoredOf(instrument).length, instrument.recall_days)), way: [way] }]
  })
}
