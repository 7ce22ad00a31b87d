/** The check-in form of index.html: read, filled, and a second tap on an answer takes it back. */
import { part } from "../base/dom.js"
import { signal } from "../../vendor/signals-core.js"
import { isEmpty, SCALES } from "./rules.js"
import { words } from "./words.js"

/** @typedef {import("./rules.js").Fields} Fields */

/** The form. @returns {HTMLFormElement} */
export const form = () => part("check-in")

/** What is answered in the folds, whose inputs come late. @type {import("../../vendor/signals-core.js").Signal<Fields["extras"]>} */
export const extras = signal({})

/** What stands in the form. @returns {Fields} */
export function read() {
  const data = new FormData(form())
  const rating = (/** @type {string} */ key) => (data.has(key) ? Number(data.get(key)) : null)
  return {
    mood: rating("mood"),
    anxiety: rating("anxiety"),
    dissociation: rating("dissociation"),
    note: String(data.get("note") ?? ""),
    audience: String(data.get("audience") ?? "me"),
    bring: data.has("bring"),
    when: String(data.get("when") ?? ""),
    extras: extras.value,
  }
}

/** @param {Fields} fields */
export function fill(fields) {
  const inputs = /** @type {any} */ (form().elements)
  for (const key of SCALES) {
    for (const input of inputs[key]) input.checked = Number(input.value) === fields[key] && fields[key] !== null
  }
  // Setting the same text again would move the cursor.
  if (inputs.note.value !== fields.note) inputs.note.value = fields.note
  inputs.audience.value = fields.audience
  inputs.bring.checked = fields.bring
  inputs.when.value = fields.when
  extras.value = fields.extras ?? {}
  remark(fields)
}

/** Folds all away again for the next entry. */
export function foldAway() {
  for (const fold of form().querySelectorAll("details")) fold.open = false
}

/** Brings everything that follows from the answers up to date. @param {Fields} fields */
export function remark(fields) {
  for (const input of form().querySelectorAll("input[type=radio]")) {
    const radio = /** @type {HTMLInputElement} */ (input)
    const chosen = String(radio.checked)
    if ((radio.dataset.chosen ?? "false") !== chosen) radio.dataset.chosen = chosen
  }
  part("cannot").dataset.off = String(!isEmpty(fields))
  sayWhen(fields.when)
  grow(part("note"))
}

/** @param {string} when */
async function sayWhen(when) {
  const said = when ? (await import("../base/time-words.js")).instantWords(`${when}:00Z`, "UTC") : words.now
  if (read().when !== when) return
  part("when-words").textContent = said
  part("when").toggleAttribute("data-set", Boolean(when))
}

/** Lets an answer be taken back by choosing it a second time, by finger or by key. */
export function allowTakingBack() {
  const takeBack = (/** @type {Event} */ event) => {
    const radio = /** @type {HTMLInputElement} */ (event.target)
    if (radio.type !== "radio" || radio.dataset.chosen !== "true") return
    // A key would go on to choose it again.
    if (event.type === "keydown") event.preventDefault()
    radio.checked = false
    radio.dispatchEvent(new Event("change", { bubbles: true }))
  }
  form().addEventListener("click", takeBack)
  form().addEventListener("keydown", (event) => [" ", "Backspace", "Delete"].includes(event.key) && takeBack(event))
}

let begunAt = ""
/** When what was found half written was begun, as long as its person has not said when it was felt; a wall time. */
export const begun = () => begunAt

/** Asks, above the first question, whether what was begun then is for now; nothing where a time is set. @param {string} [then] @param {string} [when] */
export function askWhen(then = "", when = "") {
  begunAt = then
  part("begun").replaceChildren()
  if (!then || when) return
  import("./begun.js").then(({ showBegun }) => begunAt === then && showBegun(then, (chosen) => {
    askWhen()
    part("when-input").value = chosen
    form().dispatchEvent(new Event("change"))
  })).catch((fault) => console.info("Nothing was asked.", fault))
}

/** As high as what is written in it. @param {HTMLTextAreaElement} area */
function grow(area) {
  if (CSS.supports("field-sizing", "content")) return
  area.rows = Math.max(2, Math.min(20, area.value.split("\n").length + Math.floor(area.value.length / 40)))
}
