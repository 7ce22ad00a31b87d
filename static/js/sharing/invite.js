/** Making an invitation: what it opens is said before it is made, and its link is shown once and kept nowhere. */
import { Prove } from "../accounts/password.js"
import { useAnswer } from "../base/answer.js"
import { call, Offline, Problem } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { hereZone, localDay, now } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { offered } from "../measures/known.js"
import { LinkOnce } from "./link-once.js"
import { AT_FIRST, FOLDED, invitationOf, LASTING, OFFERED } from "./rules.js"
import { SilenceChoice } from "./silence.js"
import { words } from "./words.js"

const said = words.invitation

export default function Invite() {
  const [link, setLink] = useState("")
  return link ? html`<${LinkOnce} link=${link} />` : html`<${Form} onMade=${setLink} />`
}

/** @param {{onMade: (link: string) => void}} props */
function Form({ onMade }) {
  const today = localDay(now(), hereZone())
  const [as, setAs] = useState("therapist")
  const [scopes, setScopes] = useState(AT_FIRST)
  // From today on at first: what was written before is opened by a tap, or not at all.
  const [reach, setReach] = useState(/** @type {"today" | "day" | "all"} */ ("today"))
  const [day, setDay] = useState(today)
  const [days, setDays] = useState(90)
  const [quiet, setQuiet] = useState(/** @type {number | null} */ (null))
  const [trouble, setTrouble] = useState("")
  const [busy, setBusy] = useState(false)
  const [asksProof, askProof] = useState(false)
  // Asked for alone to know at once whether the server can be reached.
  const { fault } = useAnswer("/api/consents")
  const from = { today, day, all: null }[reach]

  const make = async (/** @type {Event} */ event) => {
    event.preventDefault()
    await send()
  }
  const send = async () => {
    askProof(false)
    setTrouble("")
    if (!scopes.length) return setTrouble(said.choose_one)
    setBusy(true)
    try {
      const consent = await call("POST", "/api/consents", invitationOf({ as, scopes, from, days, quiet }, now()))
      onMade(consent.invitation)
    } catch (wrong) {
      if (wrong instanceof Problem && wrong.type === "/problems/step-up-needed") askProof(true)
      else setTrouble(faultWords(wrong, said.not_made))
      setBusy(false)
    }
  }

  const has = (/** @type {string} */ key) => scopes.includes(key)
  const turn = (/** @type {string} */ key) => setScopes([...OFFERED, ...FOLDED].filter((one) => (one === key ? !has(key) : has(one))))
  // Where no questionnaire asks it, nothing goes by itself: whoever gives alerts knows that before.
  const isAsked = offered().some(({ safety_item }) => safety_item)
  const offer = (/** @type {string} */ key) => html`
    <label key=${key}>
      <input type="checkbox" checked=${has(key)} onChange=${() => turn(key)} />
      <span>${said.offered[key].name}<span class="hint">${said.offered[key].means}${key === "alerts" && !isAsked && ` ${said.not_asked}`}</span></span>
    </label>`

  return html`
    <form autocomplete="off" onSubmit=${make}>
      <h1>${said.title}</h1>
      <p class="lead">${said.lead}</p>
      ${fault instanceof Offline && html`<p class="notice" role="status">${said.needs_network}</p>`}
      <fieldset class="field choices">
        <legend>${said.they_are}</legend>
        ${Object.entries(said.as).map(([key, label]) => html`
          <${Choice} key=${key} name="as" label=${label} chosen=${as === key} onChoose=${() => setAs(key)} />`)}
      </fieldset>
      <fieldset class="field choices">
        <legend>${said.they_see}</legend>
        ${OFFERED.map(offer)}
        <details class="fold"><summary>${said.besides}</summary><div>${FOLDED.map(offer)}</div></details>
      </fieldset>
      <fieldset class="field choices">
        <legend>${said.of_days}</legend>
        ${/** @type {const} */ (["today", "day", "all"]).map((key) => html`
          <${Choice} key=${key} name="from" label=${said.reach[key]} chosen=${reach === key} onChoose=${() => setReach(key)} />`)}
        ${reach === "day" && html`
          <input autocomplete="off" type="date" aria-label=${said.first_day} required value=${day} max=${today}
            onInput=${(/** @type {any} */ event) => setDay(event.target.value)} />`}
      </fieldset>
      <label class="field">
        <span>${said.for}</span>
        <select value=${days} onChange=${(/** @type {any} */ event) => setDays(Number(event.target.value))}>
          ${LASTING.map((count) => html`<option value=${count}>${said.days(count)}</option>`)}
        </select>
      </label>
      <details class="fold"><summary>${words.silence.title}</summary><div><${SilenceChoice} value=${quiet} onChoose=${setQuiet} /></div></details>
      <div class="known">
        <h2>${said.before}</h2>
        <ul>${said.known.map((one) => html`<li>${one}</li>`)}</ul>
      </div>
      ${trouble && html`<p class="notice" role="alert">${trouble}</p>`}
      ${!asksProof && html`
        <div class="actions">
          <button class="button" disabled=${busy}>${said.make}</button>
          <a href="#/share">${said.not_now}</a>
        </div>`}
    </form>
    ${asksProof && html`<${Prove} onProved=${send} onLeave=${() => askProof(false)} />`}`
}

/** @param {{name: string, label: string, chosen: boolean, onChoose: () => void}} props */
const Choice = ({ name, label, chosen, onChoose }) => html`
  <label><input type="radio" name=${name} checked=${chosen} onChange=${onChoose} /><span>${label}</span></label>`
