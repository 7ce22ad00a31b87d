/** Writing the safety plan: eight headings, a line for each thing, kept as it is typed; what of it is at hand while locked. */
import { account, journal } from "../accounts/account.js"
import { go } from "../base/router.js"
import { addDays, now } from "../base/time.js"
import { html, useEffect, useState } from "../base/ui.js"
import { Unwatched } from "../base/unwatched.js"
import { useFields, useHalf } from "../records/half.js"
import { useRows } from "../records/rows.js"
import { sendLater, sendNow } from "../records/sending.js"
import { keep } from "../records/store.js"
import { whatHelped } from "../records/told.js"
import { keepOpen, planHere, planId } from "./plan-kept.js"
import { fieldsOf, linesOf, LONGEST, PARTS, valuesOf } from "./plan-rules.js"
import { words } from "./plan-words.js"

const KIND = "safety_plan"
const LOOKS_BACK_DAYS = 180

/** @typedef {import("../records/store.js").Row} Row */
/** @typedef {Record<string, any>} Fields */

export default function WritePlan() {
  const [row, setRow] = useState(/** @type {Row | null | undefined} */ (undefined))
  const who = account.value?.id
  useEffect(() => {
    let isHere = true
    planHere().then((found) => isHere && setRow(found ?? null))
    return () => void (isHere = false)
  }, [who])
  const half = useHalf(KIND, planId(), row?.record, row !== undefined)
  const entries = useRows("check_in", addDays(now().slice(0, 10), -LOOKS_BACK_DAYS))
  if (row === undefined || !half || !entries) return html`<h1>${words.title}</h1>`
  const shown = half.draft.shown ?? row?.record
  const blank = { ...fieldsOf(linesOf(shown)), locked_too: shown?.values.locked_too ?? [] }
  return html`<${Form} key=${half.draft.touched_at} ...${{ half, shown, blank }} helped=${whatHelped(entries)} />`
}

/** @param {{half: import("../records/half.js").Half, shown: import("../records/rules.js").Wire | undefined, blank: Fields, helped: string[]}} props */
function Form({ half, shown, blank, helped }) {
  const [fields, write] = useFields(half, blank)
  const [trouble, setTrouble] = useState("")
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault()
    await half.atRest()
    const decided = PARTS.filter((part) => shown?.alternatives[part]?.length)
    try {
      await keep(await journal(), KIND, planId(), valuesOf(fields), now(), decided, shown, null)
      await keepOpen()
    } catch (fault) {
      console.info("The plan was not kept.", fault)
      return setTrouble(words.not_kept)
    }
    sendNow()
    sendLater()
    go("/safety-plan", { replace: true })
  }
  const leave = async () => {
    await half.drop()
    go("/safety-plan", { replace: true })
  }
  const known = String(fields.brings_me_back).split("\n").map((line) => line.trim().toLowerCase())
  const open = (/** @type {string} */ part, /** @type {boolean} */ isOpen) =>
    write({ locked_too: PARTS.filter((one) => (one === part ? isOpen : fields.locked_too.includes(one))) })
  return html`
    <form class="plan" onSubmit=${save} autocomplete="off">
      <h1>${words.title}</h1>
      <p class="lead">${words.one_a_line}</p>
      <p class="soft small">${words.locked_means}</p>
      <${Unwatched} />
      ${PARTS.map((part) => html`
        <div class="field" key=${part}>
          <label class="question" for=${part}>${words.part[part]}</label>
          <p id=${`${part}-hint`} class="soft small">${words.hint[part]}</p>
          <textarea autocomplete="off" id=${part} rows="2" maxlength=${LONGEST} aria-describedby=${`${part}-hint`} value=${fields[part]}
            onInput=${(/** @type {any} */ event) => write({ [part]: event.target.value })}></textarea>
          ${part === "brings_me_back" && helped.filter((text) => !known.includes(text.toLowerCase())).map((text) => html`
            <button key=${text} class="link small" type="button"
              onClick=${() => write({ [part]: [fields[part].trimEnd(), text].filter(Boolean).join("\n") })}>${words.add(text)}</button>`)}
          <label class="tick small"><input type="checkbox" checked=${fields.locked_too.includes(part)} aria-label=${`${words.locked_too}: ${words.part[part]}`}
            onChange=${(/** @type {any} */ event) => open(part, event.target.checked)} /><span>${words.locked_too}</span></label>
        </div>`)}
      ${trouble && html`<p class="fault part" role="alert">${trouble}</p>`}
      <div class="actions"><button class="button">${words.save}</button>
        <button class="link" type="button" onClick=${leave}>${half.isFound ? words.leave : words.back}</button></div>
    </form>`
}
