/** The therapist's list: who has shared a diary, by next meeting. */
import { useAnswer } from "../base/answer.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { shareFault } from "./fault.js"
import { hoursInWords } from "./hours-words.js"
import { isWaiting, secretIn, TAKEN } from "./invitation-secret.js"
import { personInWords } from "./reading.js"
import { useShared } from "./shared.js"

export default function People() {
  const { people, fault, isHere } = useShared()
  const hours = useAnswer("/api/reading-hours")
  return html`
    <div class="columns">
      <div>
        <h1>People</h1>
        <p class="lead">${hours.value?.weekdays ? `${hoursInWords(hours.value)} ` : ""}Not watched between meetings.</p>
        ${isWaiting() && html`<p class="notice">An invitation is waiting for you. <a href=${`#/invitation/${TAKEN}`}>Go on with it</a></p>`}
        ${fault && html`<p class="notice" role="status">${shareFault(fault, "The list could not be opened")}</p>`}
        ${isHere && !people.length && html`<p class="part">Nobody has shared a diary with you yet.</p>`}
        <ul class="rows people">${people.map((person) => html`<${Row} key=${person.consent_id} person=${person} />`)}</ul>
      </div>
      <aside><${OpenInvitation} /></aside>
    </div>`
}

/** @param {{person: any}} props */
function Row({ person }) {
  return html`
    <li>
      <a href=${`#/people/${person.consent_id}`}>
        <span class="name">${person.patient.name}</span>
        <span class="soft small">${personInWords(person)}</span>
      </a>
      ${person.scopes.includes("scales") && html`<span class="small">${news(person.new_since_you_looked)}</span>`}
    </li>`
}

/** @param {number | boolean | null} fresh */
const news = (fresh) => (fresh === true ? "new since you looked" : fresh ? `${fresh} new since you looked` : "nothing new")

/** For a link that arrived where this app is not open. */
function OpenInvitation() {
  const [trouble, setTrouble] = useState("")
  const open = (/** @type {any} */ event) => {
    event.preventDefault()
    const secret = secretIn(event.target.elements.link.value)
    if (secret) go(`/invitation/${secret}`)
    else setTrouble("This is not the link of an invitation. Copy all of it.")
  }
  return html`
    <form onSubmit=${open}>
      <h2>An invitation</h2>
      <p class="soft small">A patient makes it on their Share page and gives you its link.</p>
      <label class="field"><span class="unseen">The link</span>
        <input name="link" type="text" autocomplete="off" spellcheck=${false} placeholder="Paste the link here" />
      </label>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <div class="actions"><button class="plain">Open it</button></div>
    </form>`
}
