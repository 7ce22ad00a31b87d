/** What is said once a questionnaire is kept: where it is, that it has no total where that is so, and what else waits. No total, no thanks. */
import { account } from "../accounts/account.js"
import { html, useEffect, useRef } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { knownBy } from "./known.js"
import { offersOf, useWishes } from "./offered.js"
import { numbersLine } from "./numbers-line.js"
import { cardAfter, cardOf, isComplete } from "./rules.js"
import { words } from "./words.js"

/**
 * @param {object} props
 * @param {import("./instruments.js").Instrument} props.instrument @param {string} props.id of the response
 * @param {import("../records/store.js").Row[]} props.responses all of them @param {Record<string, any>[]} props.earlier values of the others
 */
export function After({ instrument, id, responses, earlier }) {
  const sessions = useRows("treatment_session")
  const row = responses.find((one) => one.id === id)
  const values = row?.record.values ?? { answers: {} }
  const wanted = useWishes()
  const due = wanted && sessions ? offersOf(wanted, sessions, responses) : []
  return html`
    <div class="one-question">
      <h1 lang="en">${instrument.title}</h1>
      ${cardAfter(instrument, values.answers, earlier) === "line" && html`<${OneLine} card=${cardOf(instrument)} />`}
      <p class="lead" role="status">${row && stateOf(row)}</p>
      <p class="part">${isComplete(instrument, values.answers) ? words.where : words.incomplete}</p>
      <div class="answers">
        ${due.map(({ instrument: one }) => html`<a key=${one} class="plain" href=${`#/questionnaires/${one}`}>${words.also}: ${words.named(knownBy(one)?.title ?? one)}</a>`)}
        <a class="button" href="#/">${words.today}</a>
      </div>
    </div>`
}

/** @param {import("../records/store.js").Row} row */
function stateOf({ waiting, refused }) {
  if (refused) return words.refused(refused.map(({ pointer, detail }) => words.reason(pointer.includes("/completed_at"), detail)).join("; ") || words.no_reason)
  return account.value && !waiting ? words.sent : words.saved
}

/** The card in one line, where nothing changed. @param {{card: string}} props */
function OneLine({ card }) {
  const place = useRef(/** @type {Element | null} */ (null))
  useEffect(() => void numbersLine(card).then((line) => place.current?.append(...line)), [])
  return html`<p ref=${place} class="notice">${words.as_before}</p>`
}
