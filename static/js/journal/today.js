/** Today: the check-in form in index.html, for a new entry or for one being mended. */
import { account, locked, role } from "../accounts/account.js"
import { databaseOf, heard, uuid7 } from "../base/database.js"
import { part, TWICE_MS } from "../base/dom.js"
import { go, route } from "../base/router.js"
import { hereZone, hoursBetween, now } from "../base/time.js"
import { effect, signal } from "../../vendor/signals-core.js"
import { draftOf, dropDraft, keepDraft, newDraft, soon } from "../records/drafts.js"
import { same } from "../records/rules.js"
import { keep, one } from "../records/store.js"
import { allowTakingBack, askWhen, begun, fill, foldAway, form, read, remark } from "./form.js"
import { emptyFields, feltAt, fieldsOf, isEmpty, over, SCALES, valuesOf, whenOfDraft } from "./rules.js"
import { bringIntoView, tellSaved, tellTrouble, tellWriting, whyNotKept } from "./saved.js"
import { words } from "./words.js"

const KIND = "check_in"
const A_MINUTE_H = 1 / 60

/** Whether the form was last begun while locked. */
let wasLocked = false
/** What the form is about: a new entry (`row` null) or a kept one as it stood when the edit began, and whose (`who` null for a guest). */
let open = { id: "", row: /** @type {Row | null} */ (null), who: /** @type {string | null} */ (null) }
/** The entry being mended, null for a new one; undefined while the form is about nothing. @type {import("../../vendor/signals-core.js").Signal<Row | null | undefined>} */
export const mended = signal(undefined)
/** Done once the form is about what the address says; nothing is saved before. */
let ready = Promise.resolve()
/** Done once the last press of Save has come to its end. */
let pressed = Promise.resolve()
/** When an entry was last kept, on the page's own clock. */
let keptAt = -Infinity
/** The writer of the draft; replaced with each entry, so that a late one never writes into the next. */
let draft = noDraft()
let turn = 0

/** @typedef {import("../records/store.js").Row} Row */
/** @typedef {import("./rules.js").Fields} Fields */

/** Takes the form over from the page as it was served. */
export async function startToday() {
  allowTakingBack()
  part("when-input").addEventListener("input", () => askWhen())
  form().addEventListener("input", touched)
  form().addEventListener("change", touched)
  form().addEventListener("submit", (event) => {
    event.preventDefault()
    pressed = pressed.then(() => press(event.timeStamp))
  })
  part("cannot").addEventListener("click", (/** @type {Event} */ event) => (pressed = pressed.then(() => press(event.timeStamp, true))))
  part("leave").addEventListener("click", leave)
  addEventListener("pagehide", flushDraft)
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushDraft())
  heard((what) => what === "cleared" && !whoIsHere() && beginAnew())
  // What was written past a closed lock is on disk, and stands there for nobody who comes next.
  document.addEventListener("interlude-shut", () => settled().then(() => locked.peek() && beginAnew()))
  heard((what) => what === "records" && goOnAfterOther())
  open.who = whoIsHere()
  wasLocked = locked.peek()
  const where = () => `${route.value.path} ${account.value?.id} ${locked.value}`
  let followed = where()
  // What was answered before this script came stays in the form, also where its page has been left since.
  if (isHere() || (role() !== "therapist" && !isEmpty(read()))) ready = openPage(turn)
  // From here on a press is heard here alone; the last one before is made good.
  document.dispatchEvent(new Event("interlude-ready"))
  const { early } = document.documentElement.dataset
  if (early === "save") form().requestSubmit()
  if (early === "cannot") part("cannot").click()
  await ready
  effect(() => {
    if (where() !== followed) follow()
    followed = where()
  })
}

/** Puts the half-written entry on disk at once. */
const flushDraft = () => draft.flush()

/** Done once what was pressed, and what is half written, is on disk: only then may a page begin anew. */
export const settled = () => pressed.then(flushDraft, flushDraft)

const whoIsHere = () => account.peek()?.id ?? null
/** The entry that the address names, if it names one. @returns {string | undefined} */
const entryHere = () => (route.peek().page?.path.startsWith("/entry/") ? route.peek().params.id : undefined)
/** Whether Today is what is open. While locked no entry can be mended. */
export const isHere = () => role() !== "therapist" && (route.peek().path === "/" || (entryHere() !== undefined && !locked.peek()))

function follow() {
  const isLeft = open.who !== whoIsHere()
  const isTurned = wasLocked !== locked.peek()
  wasLocked = locked.peek()
  if (isLeft || isTurned) part("offers").replaceChildren()
  // What was said of an entry is not said of what somebody left behind, nor of another entry.
  if ((isLeft && open.who) || entryHere()) tellWriting()
  // What somebody else half wrote is not written down after they have left.
  const flushed = isLeft ? draft.stop() : flushDraft()
  if (isTurned && !isHere()) clearForm()
  if (!isHere()) return
  if (!isLeft && !isTurned && open.id !== "" && !open.row && route.peek().path === "/") return
  // Emptied at once: whatever stands in the form when the entry has been read was answered for it.
  const mine = clearForm()
  ready = Promise.resolve(flushed).then(() => openPage(mine))
}

/** Nothing of what stands in the form or is said below it stays. */
function beginAnew() {
  draft.stop()
  tellWriting()
  part("offers").replaceChildren()
  const mine = clearForm()
  if (isHere()) ready = openPage(mine)
}

/** What was half written in two pages and saved in the other: an entry by now. What was written to it since stays, for one of its own. */
async function goOnAfterOther() {
  const { id, row, who } = open
  const isNew = () => open.id === id && !row && !form().inert
  const kept = id && isNew() && (await one(await databaseOf(who), id))
  if (!kept || !isNew()) return
  const [fields, said] = [read(), fieldsOf(kept.record)]
  const isSaid = same([fields.note, ...SCALES.map((key) => fields[key])], [said.note, ...SCALES.map((key) => said[key])])
  begin({ id: uuid7(), row, who }, isSaid ? emptyFields() : fields)
  if (!isSaid) draft.touch()
}

/** Nothing of an entry stays on the page. */
function clearForm() {
  open = { id: "", row: null, who: whoIsHere() }
  mended.value = undefined
  askWhen()
  draft = noDraft()
  // Now, not once the next has been looked up: what is opened meanwhile stays open.
  foldAway()
  fill(emptyFields())
  return ++turn
}

/** Reads what the address asks for, and puts it into the form under what was answered meanwhile. @param {number} mine */
async function openPage(mine) {
  const id = entryHere()
  const who = whoIsHere()
  const [kept, found] = await keptOf(id, who).catch(nothing)
  const row = kept && found?.shown ? { ...kept, record: found.shown } : kept
  if (mine !== turn) return ready
  if (id && row?.kind !== KIND) return go("/history", { replace: true })
  const fields = { ...(row ? fieldsOf(row.record) : emptyFields()), .../** @type {any} */ (found?.fields) }
  const old = found && !row ? whenOfDraft({ ...found, when: fields.when }, now(), hereZone()) : { when: fields.when, begun: "" }
  const answers = read()
  begin({ id: id ?? found?.id ?? uuid7(), row: row ?? null, who }, over({ ...fields, when: old.when }, answers), old.begun)
  if (!isEmpty(answers)) draft.touch()
  // What was written before the form was ready, on a page that has been left since.
  if (!isHere()) flushDraft()
}

/** The entry and what is half written of it, or of a new one. @param {string | undefined} id @param {string | null} who */
async function keptOf(id, who) {
  const db = await databaseOf(who)
  return /** @type {const} */ ([id ? await one(db, id) : null, id ? await draftOf(db, id) : await newDraft(db, KIND)])
}

/** What can't be read keeps nobody from writing; whether that can be kept, Save says. @param {unknown} fault */
function nothing(fault) {
  console.error(fault)
  return /** @type {const} */ ([null, undefined])
}

/** @param {typeof open} next @param {Fields} fields @param {string} [begunAt] */
function begin(next, fields, begunAt = "") {
  open = next
  askWhen(begunAt, fields.when)
  draft = soon(() => {
    const fields = read()
    const written = { id: next.id, kind: KIND, isNew: !next.row, fields, begun: begun(), touched_at: now(), shown: next.row?.record }
    const isBlank = !next.row && same(fields, emptyFields())
    return databaseOf(next.who).then((db) => (isBlank ? dropDraft(db, next.id) : keepDraft(db, written)))
  })
  fill(fields)
  part("cannot").hidden = Boolean(next.row)
  part("leave").hidden = !next.row
  form().dataset.is = next.row ? "kept" : "new"
  mended.value = next.row
}

/** An answer was given or taken back. */
export function touched() {
  remark(read())
  tellWriting()
  draft.touch()
}

/** @param {number} at when, on the page's own clock @param {boolean} [cannot] notes the moment, with what is answered where something is */
async function press(at, cannot = false) {
  await ready
  const fields = read()
  if (!open.row && isEmpty(fields) && at - keptAt < TWICE_MS) return bringIntoView()
  if (cannot || open.row || !isEmpty(fields)) return save(fields)
  tellTrouble(words.nothing_answered)
}

/** @param {Fields} fields */
async function save(fields) {
  const { id, row, who } = open
  const mine = turn
  const at = now()
  const zone = row?.record.values.zone ?? hereZone()
  const occurredAt = feltAt(fields, row?.record ?? null, at, zone)
  if (hoursBetween(at, occurredAt) > A_MINUTE_H) return askForWhen()
  // For the moment of the write: what is tapped now would belong to neither entry.
  form().inert = true
  const values = valuesOf(fields, occurredAt, zone, row?.record)
  try {
    // Should the lock close now, what is mended could not be kept; its draft can.
    await (row ? draft.flush() : draft.stop())
    // The entry itself waits for nothing that may not come.
    if (!row) Object.assign(values, await import("./near.js").then(({ pointOf }) => pointOf(occurredAt), () => null))
    await keep(await databaseOf(who), KIND, id, values, at, [], row?.record, null)
  } catch (fault) {
    draft.touch()
    return tellTrouble(whyNotKept(fault))
  } finally {
    form().inert = false
  }
  keptAt = performance.now()
  tellSaved(id, row ? "" : isEmpty(fields) ? "undo" : "change")
  import("../records/sending.js").then(({ sendLater, sendNow }) => void [sendNow(), sendLater()], () => undefined)
  navigator.storage?.persist?.()
  if (mine === turn) {
    foldAway()
    begin({ id: uuid7(), row: null, who }, emptyFields())
  }
  import("./offers.js").then(({ offerAfter }) => offerAfter(id, values, !row)).catch((fault) => console.info("Nothing was offered.", fault))
  // What may need somebody comes before anything else.
  if (fields.mood === 0 && row?.record.values.mood !== 0) return go("/help", { at: "mood" })
  if (row) return go("/history")
  scrollTo(0, 0)
}

async function leave() {
  draft.stop()
  await dropDraft(await databaseOf(open.who), open.id)
}

function askForWhen() {
  part("when").open = true
  part("when-input").focus()
  tellTrouble(words.still_to_come)
}

/** Nothing is written down yet. */
function noDraft() {
  return soon(async () => {})
}
