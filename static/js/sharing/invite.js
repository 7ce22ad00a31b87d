/** Making an invitation: what it opens is said before it is made, and its link is shown once and kept nowhere. */
import { call } from "../base/api.js"
import { hereZone, localDay, now } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { shareFault } from "./fault.js"
import { LinkOnce } from "./link-once.js"
import { invitationOf, LASTING, OFFERED } from "./rules.js"

export default function Invite() {
  const [link, setLink] = useState("")
  return link ? html`<${LinkOnce} link=${link} />` : html`<${Form} onMade=${setLink} />`
}

/** @param {{onMade: (link: string) => void}} props */
function Form({ onMade }) {
  const today = localDay(now(), hereZone())
  const [as, setAs] = useState("therapist")
  const [scopes, setScopes] = useState(OFFERED.filter((one) => one.at_first).map((one) => one.key))
  const [from, setFrom] = useState(/** @type {string | null} */ (null))
  const [days, setDays] = useState(90)
  const [trouble, setTrouble] = useState("")
  const [busy, setBusy] = useState(false)

  const make = async (/** @type {Event} */ event) => {
    event.preventDefault()
    if (!scopes.length) return setTrouble("Choose at least one thing they see.")
    setBusy(true)
    try {
      const consent = await call("POST", "/api/consents", invitationOf({ as, scopes, from, days }, now()))
      onMade(consent.invitation)
    } catch (wrong) {
      setTrouble(shareFault(wrong, "The invitation was not made"))
      setBusy(false)
    }
  }

  const has = (/** @type {string} */ key) => scopes.includes(key)
  const turn = (/** @type {string} */ key) => setScopes(has(key) ? scopes.filter((one) => one !== key) : OFFERED.map((one) => one.key).filter((one) => one === key || has(one)))

  return html`
    <form onSubmit=${make}>
      <h1>An invitation</h1>
      <p class="lead">It opens your diary to one person, as far as you say here.</p>
      <fieldset class="field choices">
        <legend>They are</legend>
        <${Choice} name="as" label="my therapist" chosen=${as === "therapist"} onChoose=${() => setAs("therapist")} />
        <${Choice} name="as" label="my prescriber" chosen=${as === "prescriber"} onChoose=${() => setAs("prescriber")} />
      </fieldset>
      <fieldset class="field choices">
        <legend>They see</legend>
        ${OFFERED.map((one) => html`
          <label key=${one.key}>
            <input type="checkbox" checked=${has(one.key)} onChange=${() => turn(one.key)} />
            <span>${one.name}<span class="hint">${one.means}</span></span>
          </label>`)}
      </fieldset>
      <fieldset class="field choices">
        <legend>Of these days</legend>
        <${Choice} name="from" label="all I have written" chosen=${from === null} onChoose=${() => setFrom(null)} />
        <${Choice} name="from" label="from a day on" chosen=${from !== null} onChoose=${() => setFrom(today)} />
        ${from !== null && html`
          <input type="date" aria-label="The first day they see" required value=${from} max=${today}
            onInput=${(/** @type {any} */ event) => setFrom(event.target.value)} />`}
      </fieldset>
      <label class="field">
        <span>For</span>
        <select value=${days} onChange=${(/** @type {any} */ event) => setDays(Number(event.target.value))}>
          ${LASTING.map((count) => html`<option value=${count}>${count} days</option>`)}
        </select>
      </label>
      <${BeforeYouShare} />
      ${trouble && html`<p class="notice" role="alert">${trouble}</p>`}
      <div class="actions">
        <button class="button" disabled=${busy}>Make the invitation</button>
        <a href="#/share">Not now</a>
      </div>
    </form>`
}

/** @param {{name: string, label: string, chosen: boolean, onChoose: () => void}} props */
const Choice = ({ name, label, chosen, onChoose }) => html`
  <label><input type="radio" name=${name} checked=${chosen} onChange=${onChoose} /><span>${label}</span></label>`

/** What has to be known before a share is given. */
const BeforeYouShare = () => html`
  <div class="known">
    <h2>Before you share</h2>
    <ul>
      <li>This is not an emergency service. Nobody watches it in real time, nor between your meetings.</li>
      <li>What a therapist reads here may go into the records they keep.</li>
      <li>A diary can be demanded by a court.</li>
      <li>Anybody can open a therapist account. Give the link to the person you mean and to nobody else.</li>
      <li>You can withdraw at any time, at once. What was already read can't be unread.</li>
    </ul>
  </div>`
