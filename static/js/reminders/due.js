/** What is due now, for the Today page: there also when no notification ever came, and when the server can't be asked. */
import { account, journal } from "../accounts/account.js"
import { call } from "../base/api.js"
import { element } from "../base/dom.js"
import { timeWords } from "../base/language.js"
import { addDays, DAY_STARTS_AT, localDay, now } from "../base/time.js"
import { keepNote, noteOf } from "../records/notes.js"
import { all } from "../records/store.js"
import { isOfForm } from "./forms.js"
import { dueNow, turnOf } from "./occurrence.js"
import { words } from "./words.js"

/** @typedef {import("./occurrence.js").Due} Due */
/** @typedef {import("./occurrence.js").Known} Known */

const NOTE = "due"

/** One quiet line in the list `place` for each thing that is due; nothing when nothing is. @param {Element} place a `<ul class="rows">` */
export async function showDue(place) {
  const db = await journal()
  const daily = (await asked(db).catch(() => null)) ?? (await dueHere(db))
  put(place, db, await unlessPoint(daily), await formsHere(db))
}

/** What the phone itself knows to be due, when something was written. @param {Element} place */
export async function showDueHere(place) {
  const db = await journal()
  put(place, db, await unlessPoint(await dueHere(db)), await formsHere(db))
}

/** While a point after a session is open, Today's head asks for the one entry that answers both. @param {Due[]} daily */
async function unlessPoint(daily) {
  if (!daily.length) return daily
  const point = await (await import("../journal/near.js")).pointOf(now())
  return point && point.point !== "before" ? [] : daily
}

/** @param {Element} place @param {any} db @param {Due[]} daily @param {import("./due-forms.js").Form[]} forms */
const put = (place, db, daily, forms) =>
  place.replaceChildren(
    ...daily.map((one) => line(db, one, `${one.wording || words.due.yours}, ${timeWords(one.due_at)}`)),
    ...forms.map(({ due, said, way }) => line(db, due, said, way)),
  )

/** The questionnaires that a reminder asks for; what is needed for them comes only where there is one. @param {any} db @returns {Promise<import("./due-forms.js").Form[]>} */
async function formsHere(db) {
  const known = await knownHere(db)
  if (!known?.reminders.some(isOfForm)) return []
  return (await import("./due-forms.js")).formsOnToday(db, known)
}

/** What the server says is due, kept for when it can't be asked; it hears now of a "not now" that did not reach it. @param {any} db @returns {Promise<Due[]>} */
async function asked(db) {
  const [due, reminders] = (await Promise.all(["/api/due", "/api/reminders"].map((path) => call("GET", path)))).map(({ items }) => items)
  const not_now = ((await knownHere(db))?.not_now ?? []).filter((turn) => due.map(turnOf).includes(turn))
  await keepNote(db, { id: NOTE, at: now(), due, reminders, not_now })
  const isAnswered = (/** @type {Due} */ one) => not_now.includes(turnOf(one))
  due.filter(isAnswered).forEach(tellNotNow)
  return due.filter((/** @type {Due} */ one) => one.slot === "daily" && !isAnswered(one))
}

/** @param {any} db @returns {Promise<Due[]>} */
async function dueHere(db) {
  const known = await knownHere(db)
  if (!known?.reminders.length) return []
  const startsAt = account.value?.day_starts_at ?? DAY_STARTS_AT
  const rows = await all(db, "check_in", addDays(now().slice(0, 10), -2))
  const days = new Set(rows.map(({ at, record }) => localDay(at, record.values.zone, startsAt)))
  return dueNow(known, now(), startsAt, (day) => days.has(day))
}

/** @param {any} db @returns {Promise<Known | undefined>} */
const knownHere = (db) => noteOf(db, NOTE)

/** @param {any} db @param {Due} one @param {string} said @param {Element[]} way to what it asks for */
function line(db, one, said, way = []) {
  const what = element("span", { class: "soft small" }, said)
  const button = element("button", { class: "link small", type: "button" }, words.due.not_now)
  const less = element("a", { class: "small", href: "#/less" }, words.due.less)
  const made = element("li", {}, what, element("span", { class: "ways" }, ...way, button, less))
  button.addEventListener("click", async () => {
    made.remove()
    const known = await knownHere(db)
    if (known) await keepNote(db, { ...known, id: NOTE, not_now: [...known.not_now, turnOf(one)] })
    tellNotNow(one)
  })
  return made
}

/** Where it does not arrive, it is told again with the next answer. @param {Due} one */
function tellNotNow({ id }) {
  if (id) call("POST", `/api/deliveries/${id}/seen`, { action: "not_now" }).catch(() => undefined)
}
