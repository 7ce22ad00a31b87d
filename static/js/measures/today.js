/** On Today: what is half filled in, and what is due around a series of sessions, a quiet line for each; where none is, the watch. */
import { account, journal, locked, role } from "../accounts/account.js"
import { heard } from "../base/database.js"
import { element } from "../base/dom.js"
import { route } from "../base/router.js"
import { hereZone, localDay, now } from "../base/time.js"
import { wayTo } from "../base/way.js"
import { effect } from "../../vendor/signals-core.js"
import { counted } from "../records/rules.js"
import { all } from "../records/store.js"
import { watchLine } from "../treatment/watch/today.js"
import { freshHalves, RESPONSE } from "./half.js"
import { knownBy, learnOnce, offeredIds, whenRead } from "./known.js"
import { keepNotNow, offersOf, wishes } from "./offered.js"
import { askedOf, cardOf, doneOf, isDark, isFilledInOn, nextOf, scoredOf } from "./rules.js"
import { words } from "./words.js"

let turn = 0

/** @typedef {import("./instruments.js").Instrument} Instrument */

/** Keeps the list `place` true. @param {Element} place a `<ul class="rows">` */
export function startForms(place) {
  const again = () => show(place).catch((fault) => console.info("No questionnaire was looked up.", fault))
  effect(() => {
    void [account.value, locked.value, offeredIds()]
    if (route.value.path === "/") again()
  })
  heard((what) => what === "records" && route.peek().path === "/" && again())
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again())
}

/** @param {Element} place */
async function show(place) {
  const mine = ++turn
  const db = await journal()
  await whenRead()
  const isShut = locked.peek() || role() === "therapist"
  const [halves, due] = isShut ? [[], []] : await Promise.all([freshHalves(db), dueOf(db)])
  if (mine !== turn) return
  if (due.length) learnOnce()
  const begun = halves.filter(({ fields }) => Object.keys(fields.answers).length)
  const paused = begun.flatMap(({ fields }) => withInstrument(fields.instrument, (instrument) => half(instrument, fields.answers)))
  const waiting = due.filter(({ instrument }) => !begun.some(({ fields }) => fields.instrument === instrument))
  const lines = [...paused, ...waiting.flatMap((one) => withInstrument(one.instrument, (instrument) => waits(db, place, instrument, one.from)))]
  const watch = lines.length || isShut ? [] : await watchLine(db, () => show(place))
  if (mine === turn) place.replaceChildren(...lines, ...watch)
}

/** @param {any} db */
async function dueOf(db) {
  const [wanted, sessions, responses] = await Promise.all([wishes(db), all(db, "treatment_session"), all(db, RESPONSE)])
  const startsAt = account.peek()?.day_starts_at
  const values = responses.map(({ record }) => counted(record))
  return isFilledInOn(localDay(now(), hereZone(), startsAt), values, startsAt) ? [] : offersOf(wanted, sessions, responses)
}

/** @template T @param {string} id @param {(instrument: Instrument) => T} make @returns {T[]} */
const withInstrument = (id, make) => [knownBy(id)].flatMap((one) => (one ? [make(one)] : []))

/** @param {Instrument} instrument @param {import("./rules.js").Answers} answers */
function half(instrument, answers) {
  const onward = wayTo(`/questionnaires/${instrument.id}`, String(nextOf(askedOf(instrument, answers), answers)), words.go_on, { class: "small" })
  const made = line(words.half_on_today(instrument.title, ...doneOf(instrument, answers)), onward)
  if (isDark(instrument, answers)) saySomebody(made, cardOf(instrument))
  return made
}

/** A dark answer waits there: the numbers stand beside it. They come late, since hardly anybody needs them at the start. @param {Element} place @param {string} card */
async function saySomebody(place, card) {
  const { numbersLine } = await import("./numbers-line.js")
  place.append(element("span", { class: "small whole" }, ...(await numbersLine(card))))
}

/** @param {any} db @param {Element} place @param {Instrument} instrument @param {string} from */
function waits(db, place, instrument, from) {
  const button = element("button", { class: "link small", type: "button" }, words.not_today)
  button.addEventListener("click", async () => {
    await keepNotNow(db, { instrument: instrument.id, from })
    show(place)
  })
  const said = words.due(words.named(instrument.title), words.looks_back(scoredOf(instrument).length, instrument.recall_days))
  return line(said, element("a", { class: "small", href: `#/questionnaires/${instrument.id}` }, words.fill_in), button)
}

/** @param {string} said @param {Element[]} ways */
const line = (said, ...ways) => element("li", {}, element("span", { class: "soft small" }, said), element("span", { class: "ways" }, ...ways))
