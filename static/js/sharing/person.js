/** The therapist's page of one person: the figures at the left, the person's own words beside them. */
import { useAnswer } from "../base/answer.js"
import { call } from "../base/api.js"
import { go } from "../base/router.js"
import { hereZone, localDay, now } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { Brief } from "./brief.js"
import { shareFault } from "./fault.js"
import { periodQuery, personInWords } from "./reading.js"
import { scopesInWords } from "./rules.js"
import { usePerson } from "./shared.js"

const CLOSED = {
  "/problems/consent-withdrawn": "This share was withdrawn. Nothing of it can be read any more.",
  "/problems/consent-expired": "The time of this share is over. To read on, ask for a new invitation.",
}

/** @param {{params: {consent_id: string}}} props */
export default function Person({ params }) {
  return html`<${OnePerson} key=${params.consent_id} id=${params.consent_id} />`
}

/** @param {{id: string}} props */
function OnePerson({ id }) {
  const [choice, setChoice] = useState("30")
  const today = localDay(now(), hereZone())
  const person = usePerson(id)
  const { value: summary, fault } = useAnswer(`/api/shared/${id}/summary?${periodQuery(choice, today)}`)

  if (fault && !summary) return html`<${Closed} fault=${fault} />`
  if (!summary || !person) return html`<p class="lead" role="status">Opening.</p>`
  return html`
    <${Brief} name=${person.patient?.name ?? "One person"} lead=${person.patient ? `${personInWords(person)}: ${scopesInWords(person.scopes, "you")}` : ""}
      ...${{ summary, choice, onChoose: setChoice }} />
    <${GiveBack} id=${id} />`
}

/** @param {{id: string}} props */
function GiveBack({ id }) {
  const [trouble, setTrouble] = useState("")
  const leave = async () => {
    try {
      await call("DELETE", `/api/shared/${id}`)
      go("/people", { replace: true })
    } catch (wrong) {
      setTrouble(shareFault(wrong, "It was not given back"))
    }
  }
  return html`
    <details class="fold part no-print give-back">
      <summary>Give this share back</summary>
      <div>
        <p class="soft small">You no longer see this diary, from now on. They see that you gave it back, and can invite you again.</p>
        ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
        <div class="actions"><button class="plain" type="button" onClick=${leave}>Give it back</button></div>
      </div>
    </details>`
}

/** @param {{fault: any}} props */
function Closed({ fault }) {
  const words = CLOSED[/** @type {keyof typeof CLOSED} */ (fault.type)]
  const unknown = fault.status === 404 ? "There is no share here for you." : shareFault(fault, "This could not be opened")
  return html`
    <h1>${words ? "Closed" : "Not here"}</h1>
    <p class="part" role="status">${words ?? unknown}</p>
    <p class="actions"><a href="#/people">People</a></p>`
}
