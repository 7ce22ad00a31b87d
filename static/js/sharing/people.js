/** The therapist's list: who has shared a diary, with open alerts first, then by next meeting. */
import { useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { hoursInWords } from "./hours-words.js"
import { isWaiting, secretIn, TAKEN } from "./invitation-secret.js"
import { words } from "./reader-words.js"
import { personInWords } from "./reading-words.js"
import { alertsFirst } from "./rules.js"
import { useShared } from "./shared.js"

const said = words.people
/** The scopes whose news the server counts. */
const COUNTED = ["scales", "measures"]

export default function People() {
  const { people, fault, isHere } = useShared()
  const hours = useAnswer("/api/reading-hours")
  return html`
    <div class="columns">
      <div>
        <h1>${said.title}</h1>
        <p class="lead">${hours.value?.weekdays ? `${hoursInWords(hours.value)} ` : ""}${said.unwatched}</p>
        ${isWaiting() && html`<p class="notice">${said.waiting} <a href=${`#/invitation/${TAKEN}`}>${said.go_on}</a></p>`}
        ${fault && html`<p class="notice" role="status">${faultWords(fault, said.no_answer)}</p>`}
        ${isHere && !people.length && html`<p class="part">${said.none}</p>`}
        <ul class="rows people">${alertsFirst(people).map((person) => html`<${Row} key=${person.consent_id} person=${person} />`)}</ul>
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
      ${person.silence && html`<span class="small">${words.person.silence(person.silence.days, person.silence.after_days)}</span>`}
      ${person.open_alerts > 0 && html`<strong class="small">${said.alerts(person.open_alerts)}</strong>`}
      ${person.scopes.some((/** @type {string} */ scope) => COUNTED.includes(scope)) && html`<span class="small">${news(person.new_since_you_looked)}</span>`}
    </li>`
}

/** @param {number | null} count */
const news = (count) => (count ? said.fresh(count) : said.nothing_new)

/** For a link that arrived where this app is not open. */
function OpenInvitation() {
  const [trouble, setTrouble] = useState("")
  const open = (/** @type {any} */ event) => {
    event.preventDefault()
    const secret = secretIn(event.target.elements.link.value)
    if (secret) go(`/invitation/${secret}`)
    else setTrouble(said.no_link)
  }
  return html`
    <form autocomplete="off" onSubmit=${open}>
      <h2>${said.an_invitation}</h2>
      <p class="soft small">${said.where_from}</p>
      <label class="field"><span class="unseen">${said.link}</span>
        <input name="link" type="text" autocomplete="off" spellcheck=${false} placeholder=${said.paste} />
      </label>
      ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
      <div class="actions"><button class="plain">${said.open}</button></div>
    </form>`
}
