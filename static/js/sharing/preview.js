/** What the other side sees, shown to the patient: the therapist's own page, with a line above that says so. */
import { useAnswer } from "../base/answer.js"
import { hereZone, localDay, now } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { account } from "../accounts/account.js"
import { Brief } from "./brief.js"
import { heading } from "./consent.js"
import { itemsOf, shareFault } from "./fault.js"
import { hoursInWords } from "./hours-words.js"
import { periodQuery } from "./reading.js"
import { scopesInWords } from "./rules.js"

/** @param {{params: {consent_id: string}}} props */
export default function Preview({ params }) {
  const [choice, setChoice] = useState("30")
  const today = localDay(now(), hereZone())
  const consents = useAnswer("/api/consents")
  const { value, fault } = useAnswer(`/api/consents/${params.consent_id}/preview?${periodQuery(choice, today)}`)
  if (fault && !value) {
    return html`
      <h1>What they see</h1>
      <p class="notice" role="status">${shareFault(fault, "This could not be opened")}</p>
      <p class="actions"><a href="#/share">Share</a></p>`
  }
  if (!value) return html`<p class="lead" role="status">Opening.</p>`
  const consent = itemsOf(consents.value).find((one) => one.id === params.consent_id)
  const hours = value.reading_hours ?? consent?.reading_hours
  const before = html`
    <p class="notice">
      ${consent?.status === "accepted" ? `This is what ${heading(consent)} sees, and nothing else.` : "This is what they will see, and nothing else."}
      ${hours ? ` ${hoursInWords(hours)}` : ""} Not watched in real time, nor between meetings. <a href="#/share">Back to Share</a>
    </p>`
  return html`
    <${Brief} name=${account.value?.name ?? "You"} lead=${consent ? scopesInWords(consent.scopes) : ""}
      summary=${value.summary ?? value} ...${{ choice, onChoose: setChoice, before }} />`
}
