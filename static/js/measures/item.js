/** One question on a screen of its own: its exact words, answers as wide as the thumb needs, and a way back and out. */
import { html, useState } from "../base/ui.js"
import { optionsOf, scoredOf } from "./rules.js"
import { words } from "./words.js"

/** More than fit as lines stand as numerals. */
const MOST_LINES = 7

/**
 * @param {object} props
 * @param {import("./instruments.js").Instrument} props.instrument @param {import("./instruments.js").Item} props.item
 * @param {number} props.at which screen, from 1 @param {boolean} props.isLast @param {string} props.trouble why it was not kept
 * @param {number | null | undefined} props.answer null: rather not; undefined: none yet
 * @param {(value: number | null) => void} props.onAnswer @param {() => void} props.onNext @param {() => void} props.onBack @param {() => void} props.onPause
 */
export function Item({ instrument, item, at, isLast, trouble, answer, onAnswer, onNext, onBack, onPause }) {
  const [isAsking, setAsking] = useState(false)
  const options = optionsOf(instrument, item)
  const isScored = item.scored !== false
  const next = (/** @type {any} */ event) => {
    event.preventDefault()
    // What does not count holds nobody up.
    if (answer === undefined && isScored) return setAsking(true)
    onNext()
  }
  const said = trouble || (answer === undefined && isAsking ? words.choose : "")
  return html`
    <form class="one-question question" autocomplete="off" onSubmit=${next}>
      <p class="soft small">${isScored ? words.progress(at, scoredOf(instrument).length) : words.one_more}</p>
      ${isScored && html`<p id="stem" lang="en" class="soft">${instrument.stem}</p>`}
      <h1 id="item" lang="en">${item.text}</h1>
      <fieldset class="answers" aria-labelledby=${isScored ? "stem item" : "item"}>
        ${options.length > MOST_LINES ? html`<${Numerals} ...${{ options, answer, onAnswer }} />` : options.map(({ value, label }) => html`
          <label key=${value} class="option"><input type="radio" name="answer" value=${value} checked=${answer === value} onChange=${() => onAnswer(value)} /><span lang="en">${label}</span></label>`)}
        <label class="option"><input type="radio" name="answer" value="" checked=${answer === null} onChange=${() => onAnswer(null)} /><span>${words.decline}${isScored && !instrument.total?.may_lack && html`<span class="small">, ${words.no_total}</span>`}</span></label>
      </fieldset>
      <p class="small" role="status">${said}</p>
      <button class="button">${isLast ? words.save : words.next}</button>
      <div class="ways"><button class="link" type="button" onClick=${onBack}>${words.back}</button>
        <button class="link" type="button" onClick=${onPause}>${instrument.has_index_event ? words.stop : words.pause}</button></div>
    </form>`
}

/** @param {{options: import("./instruments.js").Option[], answer: number | null | undefined, onAnswer: (value: number | null) => void}} props */
function Numerals({ options, answer, onAnswer }) {
  const [first, last] = [options[0], /** @type {import("./instruments.js").Option} */ (options.at(-1))]
  return html`
    <div class="scale"><div class="numerals">${options.map(({ value, label }) => html`
      <label key=${value}><input type="radio" name="answer" value=${value} aria-label=${label ? `${value}, ${label}` : undefined} checked=${answer === value} onChange=${() => onAnswer(value)} /><span>${value}</span></label>`)}</div>
      <p class="ends smallest" lang="en" aria-hidden="true"><span>${first.label}</span><span>${last.label}</span></p></div>`
}
