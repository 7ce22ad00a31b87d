/** Up to two scales of the person's own: none at first, asked until they are taken off. */
import { journal } from "../../accounts/account.js"
import { addDays, now as instantNow } from "../../base/time.js"
import { html, useEffect, useRef, useState } from "../../base/ui.js"
import { keepNote, noteOf } from "../../records/notes.js"
import { all } from "../../records/store.js"
import { Scale } from "./scale.js"
import { words } from "./words.js"

const MOST = 2
const LONGEST = 60
const LOOKS_BACK_DAYS = 120
/** Under this name the choice is kept; what was last answered stands in for it on another device. */
const CHOICE = "own-scales"

/** @param {import("./more.js").Props} props */
export function Own({ now, onChange }) {
  const [names, setNames] = useState(/** @type {string[] | null} */ (null))
  const [isSaid, say] = useState("")
  const field = useRef(/** @type {HTMLInputElement | null} */ (null))
  useEffect(() => void namesNow().then(setNames), [])
  if (!names) return null
  // An entry that is mended may hold others.
  const shown = [...new Set([...Object.keys(now.own ?? {}).filter((name) => now.own?.[name] !== null), ...names])]
  const put = (/** @type {string[]} */ next) => {
    setNames(next)
    return journal().then((db) => keepNote(db, { id: CHOICE, names: next }))
  }
  const add = (/** @type {string} */ name) => {
    const trimmed = name.trim()
    if (trimmed && !shown.includes(trimmed)) put([...shown, trimmed])
    if (field.current) field.current.value = ""
  }
  const takeOff = (/** @type {string} */ name) => {
    put(shown.filter((one) => one !== name))
    say(name)
    onChange({ ...now, own: { ...now.own, [name]: null } })
  }
  return html`
    ${shown.map((name) => html`
      <div key=${name}>
        <${Scale} name=${`own ${name}`} question=${words.own_question(name)} ends=${words.own_ends} value=${now.own?.[name] ?? null}
          onChange=${(/** @type {number | null} */ value) => onChange({ ...now, own: { ...now.own, [name]: value } })} />
        <button class="link small" type="button" onClick=${() => takeOff(name)}>${words.take_off(name)}</button>
      </div>`)}
    ${isSaid && !shown.includes(isSaid) && shown.length < MOST && html`
      <p class="notice">${words.taken_off(isSaid)} <button class="link" type="button" onClick=${() => add(isSaid)}>${words.ask_again}</button></p>`}
    ${shown.length < MOST && html`
      <div class="field"><label for="own-name">${words.own_name}</label>
        <p class="soft small" id="own-about">${words.own_about}</p>
        <input ref=${field} id="own-name" list="own-suggestions" maxlength=${LONGEST} autocomplete="off" aria-describedby="own-about"
          onKeyDown=${(/** @type {any} */ e) => e.key === "Enter" && (e.preventDefault(), add(e.target.value))} />
        <datalist id="own-suggestions">${words.own_suggestions.map((name) => html`<option value=${name} />`)}</datalist></div>
      <button class="plain" type="button" onClick=${() => add(field.current?.value ?? "")}>${words.add}</button>`}`
}

/** The names that are asked: those chosen here, else those of the last entry that answered any. */
async function namesNow() {
  const db = await journal()
  const kept = await noteOf(db, CHOICE)
  if (kept) return kept.names
  const last = (await all(db, "check_in", addDays(instantNow().slice(0, 10), -LOOKS_BACK_DAYS))).find(({ record }) => record.values.own)
  return Object.keys(last?.record.values.own ?? {}).slice(0, MOST)
}
