/** The page of all questionnaires: what each is about, whether it is paused, and when it was last filled in. Never what it came to. */
import { account, journal } from "../accounts/account.js"
import { instantWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { Unwatched } from "../base/unwatched.js"
import { useRows } from "../records/rows.js"
import { counted } from "../records/rules.js"
import { freshHalves, RESPONSE } from "./half.js"
import { learnOffered, offered as offeredHere, offeredIds } from "./known.js"
import { keepOffered, useWishes } from "./offered.js"
import { doneOf, latestOf, scoredOf } from "./rules.js"
import { regularOf } from "./schedule.js"
import { words } from "./words.js"

/** Two questions of another one: never due by itself. */
const SHORTEST = "phq-2"

export default function Questionnaires() {
  const responses = useRows(RESPONSE)
  const [halves, setHalves] = useState(/** @type {import("./half.js").Half[]} */ ([]))
  useEffect(() => {
    let isHere = true
    journal().then(freshHalves).then((found) => isHere && setHalves(found))
    return () => void (isHere = false)
  }, [account.value])
  useEffect(() => void learnOffered().catch((fault) => console.info("Which questionnaires are offered was not learned.", fault)), [account.value])
  const values = (responses ?? []).map(({ record }) => counted(record))
  const stateOf = (/** @type {import("./instruments.js").Instrument} */ instrument) => {
    const half = halves.find(({ fields }) => fields.instrument === instrument.id && Object.keys(fields.answers).length)
    if (half) return words.paused(...doneOf(instrument, half.fields.answers))
    const last = latestOf(instrument.id, values)
    return last ? words.last_on(instantWords(last.completed_at, last.zone)) : ""
  }
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <ul class="rows help part">
      ${offeredHere().map((instrument) => html`
        <li key=${instrument.id} class="form-line"><a href=${`#/questionnaires/${instrument.id}`}><span>${words.about[instrument.id]} <span class="soft small">${words.named(instrument.title)}</span></span></a>
          <span class="soft small">${words.looks_back(scoredOf(instrument).length, instrument.recall_days)} ${stateOf(instrument)}</span></li>`)}
    </ul>
    <${Unwatched} />
    <${Offered} />
    <details class="behind help"><summary>${words.source}</summary>
      <ul class="small">${offeredHere().map(({ id, title, attribution }) => html`<li key=${id} lang="en">${[title, attribution].filter(Boolean).join(": ")}</li>`)}</ul></details>`
}

/** Which of them Today offers. */
function Offered() {
  const wanted = useWishes()
  const [offered, setOffered] = useState(/** @type {string[] | null} */ (null))
  if (!wanted) return null
  const chosen = offered ?? wanted.offered
  const turn = async (/** @type {string} */ id) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]
    setOffered(next)
    await keepOffered(await journal(), next)
  }
  return html`
    <section class="part help"><h2>${words.offered}</h2><p class="soft small">${words.offered_means}</p>
      <div class="choices">${offeredHere().filter(({ id }) => id !== SHORTEST).map(({ id, title }) => html`
        <label key=${id}><input type="checkbox" checked=${chosen.includes(id)} onChange=${() => turn(id)} /><span>${words.named(title)}, ${regularOf(offeredIds()).includes(id) ? words.every_two_weeks : words.monthly}</span></label>`)}</div></section>`
}
