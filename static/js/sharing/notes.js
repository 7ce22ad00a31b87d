/** The notes addressed to somebody else: for whom, whether they were read, and the way to take one back. */
import { account, journal } from "../accounts/account.js"
import { itemsOf, useAnswer } from "../base/answer.js"
import { listed } from "../base/language.js"
import { localDay, now } from "../base/time.js"
import { instantWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep } from "../records/store.js"
import { readsOf } from "./note-reads.js"
import { words } from "./words.js"

/** @typedef {import("../records/store.js").Row} Row */

const AT_ONCE = 20
const LOOKS = 500
const said = words.notes

export default function Notes() {
  const rows = useRows("check_in")
  const consents = useAnswer("/api/consents")
  const audit = useAnswer(`/api/audit?limit=${LOOKS}`)
  const [shown, setShown] = useState(AT_ONCE)
  /** Notes taken back while this page is open keep their place; as they were. */
  const [taken, setTaken] = useState(/** @type {Row[]} */ ([]))
  if (!rows) return html`<h1>${said.title}</h1>`
  const ids = new Set(taken.map(({ id }) => id))
  const notes = rows.flatMap((row) => (ids.has(row.id) ? taken.filter(({ id }) => id === row.id) : isForOthers(row) ? [row] : []))
  const given = itemsOf(consents.value)
  const isOpenToAny = given.some(({ status, scopes }) => status === "accepted" && scopes.includes("notes"))
  return html`
    <h1>${said.title}</h1>
    <p class="lead">${notes.length ? said.lead : said.none}</p>
    ${notes.length > 0 && consents.value && !isOpenToAny && html`<p class="notice">${said.nobody}</p>`}
    ${notes.slice(0, shown).map((row) => html`
      <${Note} key=${row.id} row=${row} isTaken=${ids.has(row.id)} read=${readWords(row, consents.value && given, audit.value)}
        onTaken=${(/** @type {boolean} */ is) => setTaken(is ? [...taken, row] : taken.filter(({ id }) => id !== row.id))} />`)}
    ${notes.length > shown && html`
      <div class="actions"><button class="plain" type="button" onClick=${() => setShown(shown + AT_ONCE)}>${said.older}</button></div>`}
    <p class="part"><a href="#/share">${words.back}</a></p>`
}

/** @param {{row: Row, isTaken: boolean, read: {words: string, isRead: boolean}, onTaken: (is: boolean) => void}} props `row` as it was addressed */
function Note({ row, isTaken, read, onTaken }) {
  const [trouble, setTrouble] = useState("")
  const { values } = row.record
  const address = async (/** @type {string} */ audience) => {
    try {
      await keep(await journal(), row.kind, row.id, { ...values, audience }, now())
    } catch {
      return setTrouble(said.not_taken)
    }
    setTrouble("")
    sendNow()
    sendLater()
    onTaken(audience === "me")
  }
  return html`
    <section class="part addressed">
      <p class="soft small">${instantWords(row.at, values.zone)}, ${said.to[values.audience]}</p>
      <p class="said">${values.note}</p>
      <p class="soft small" role="status">${!isTaken ? read.words : read.isRead ? said.taken_read(read.words) : said.taken}</p>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <button class="link" type="button" onClick=${() => address(isTaken ? values.audience : "me")}>${isTaken ? said.give_back : said.take_back}</button>
    </section>`
}

/** @param {Row} row */
const isForOthers = ({ record: { values } }) => Boolean(values.note) && (values.audience ?? "me") !== "me"

/** @param {Row} row @param {any[] | null} consents @param {any} audit */
function readWords(row, consents, audit) {
  const { values, received_at } = row.record
  if (!received_at) return { words: said.unsent, isRead: false }
  if (!consents || !audit) return { words: said.unknown, isRead: false }
  const note = { id: row.id, audience: values.audience, day: localDay(row.at, values.zone, account.value?.day_starts_at), sent_at: received_at }
  const reads = readsOf(note, consents, itemsOf(audit))
  if (reads.length) return { words: `${listed(reads.map(({ who, at }) => said.read(who, instantWords(at))))}.`, isRead: true }
  // Looks from before the oldest line that was asked for are not known.
  const isWhole = !audit.next || received_at > itemsOf(audit).at(-1)?.at
  return { words: isWhole ? said.unread : said.unknown, isRead: false }
}
