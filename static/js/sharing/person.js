/** The therapist's page of one person: the figures at the left, the person's own words beside them. */
import { useAnswer } from "../base/answer.js"
import { dayWords, hereZone, instantWords, localDay, now, wall } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { Brief } from "./brief.js"
import { itemsOf, shareFault } from "./fault.js"
import { periodQuery } from "./reading.js"
import { scopesInWords } from "./rules.js"

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
  const people = useAnswer("/api/shared")
  const { value: summary, fault } = useAnswer(`/api/shared/${id}/summary?${periodQuery(choice, today)}`)

  if (fault && !summary) return html`<${Closed} fault=${fault} />`
  const person = itemsOf(people.value).find((one) => one.consent_id === id)
  if (!summary || !(person || people.fault)) return html`<p class="lead" role="status">Opening.</p>`
  return html`
    <${Brief} name=${person?.patient.name ?? "One person"} lead=${person ? lead(person) : ""}
      ...${{ summary, choice, onChoose: setChoice }} />`
}

/** @param {any} person */
function lead(person) {
  const meeting = person.next_meeting ? `next meeting ${instantWords(person.next_meeting.starts_at ?? person.next_meeting)}` : ""
  const last = person.last_entry_on ? `Last entry ${dayWords(person.last_entry_on)}` : "No entry yet"
  const until = `consent until ${dayWords(wall(person.expires_at, hereZone()).day)}: ${scopesInWords(person.scopes)}`
  return [last, meeting, until].filter(Boolean).join(" · ")
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
