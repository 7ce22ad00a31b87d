/** What a reader sees beside the diary: how often, the watch, medicines, questions. Each where the consent opens it. */
import { listed, number } from "../base/language.js"
import { hereZone, wall } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { faultWords } from "../base/fault.js"
import { html, useState } from "../base/ui.js"
import { words } from "./reader-words.js"

const said = words.beside
const HARMLESS = new Set([null, false, 0, "none"])

/**
 * @param {object} props
 * @param {any} props.summary
 * @param {(id: string) => Promise<void>} [props.onSettle] what settles a question; without it none can be, as in the preview
 */
export const Beside = ({ summary: { questions, medications, watch }, onSettle }) => html`
  ${questions?.length > 0 && html`<${Part} title=${said.questions} rows=${questions.toSorted(openFirst)} of=${question} onDone=${onSettle} />`}
  ${medications?.length > 0 && html`<${Part} title=${said.medications} rows=${medications.toReversed()} of=${medication} />`}
  ${watch?.length > 0 && html`<${Part} title=${said.watch} rows=${watch.toReversed()} of=${watched} />`}`

/** @param {{title: string, rows: any[], of: (row: any) => {told: string, on: string, open?: string}, onDone?: (id: string) => Promise<void>}} props `open`: the id of what can be done with */
const Part = ({ title, rows, of, onDone }) => html`
  <section class="part">
    <h2>${title}</h2>
    <ul class="notes">${rows.map(of).map(({ told, on, open }) => html`
      <li><p>${told}</p><p class="soft small">${on}</p>${open && onDone && html`<${Done} key=${open} told=${told} onDone=${() => onDone(open)} />`}</li>`)}</ul>
  </section>`

/** @param {{told: string, onDone: () => Promise<void>}} props */
function Done({ told, onDone }) {
  const [trouble, setTrouble] = useState("")
  const settle = () => onDone().catch((wrong) => setTrouble(faultWords(wrong, said.not_settled)))
  return html`<p class="no-print"><button class="link small" type="button" aria-label=${`${said.settle}: ${told}`} onClick=${settle}>${said.settle}</button></p>
    ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}`
}

/** "Sessions up to 23 November: 8; 7 of them in 60 days, 2 in 30." @param {any} exposure @param {string} to */
export const exposureInWords = ({ sessions, last_30_days, last_60_days }, to) =>
  sessions ? said.exposure(dayWords(to), number(sessions), number(last_60_days), number(last_30_days)) : ""

/** @param {any} a @param {any} b */
const openFirst = (a, b) => Number(Boolean(a.settled_at)) - Number(Boolean(b.settled_at))

/** @param {any} one */
const question = ({ id, text, settled_at }) => ({
  told: text, on: settled_at ? said.settled(dayWords(wall(settled_at, hereZone()).day)) : said.open, open: settled_at ? undefined : id,
})

/** @param {any} one */
const medication = ({ name, dose_text, from, to }) => ({
  told: [name, dose_text].filter(Boolean).join(", "),
  on: to ? said.from_to(dayWords(from), dayWords(to)) : said.since(dayWords(from)),
})

/** What there was, by name; that there was nothing is said as well. @param {any} one */
function watched({ day, ...answers }) {
  const there = Object.entries(said.watched).filter(([key]) => key in answers && !HARMLESS.has(answers[key]))
  const told = there.map(([key, name]) => (answers[key] === true ? name : `${name}: ${words.brief.strength[answers[key]] ?? number(answers[key])}`))
  return { told: told.length ? listed(told) : said.nothing, on: dayWords(day) }
}
