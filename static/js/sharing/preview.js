/** What the other side sees, shown to the patient: the therapist's own page, with a line above that says so. */
import { itemsOf, useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { addDays, hereZone, localDay, now, wall } from "../base/time.js"
import { html, useState } from "../base/ui.js"
import { useWho } from "../accounts/who.js"
import { useRows } from "../records/rows.js"
import { whyNotNow } from "../summaries/rules.js"
import { Brief } from "./brief.js"
import { heading, scopesInWords } from "./consent-words.js"
import { hoursInWords } from "./hours-words.js"
import { periodQuery } from "./reading.js"
import { words } from "./words.js"

const said = words.preview

/** @param {{params: {consent_id: string}}} props */
export default function Preview({ params }) {
  const [choice, setChoice] = useState("30")
  const who = useWho()
  const today = localDay(now(), hereZone())
  const consents = useAnswer("/api/consents")
  const since = addDays(now().slice(0, 10), -2)
  const [entries, forms] = [useRows("check_in", since), useRows("response", since)]
  const { value, fault } = useAnswer(`/api/consents/${params.consent_id}/preview?${periodQuery(choice, today)}`)
  if (fault && !value) {
    return html`
      <h1>${said.title}</h1>
      <p class="notice" role="status">${faultWords(fault, said.no_answer)}</p>
      <p class="actions"><a href="#/share">${words.share}</a></p>`
  }
  if (!value || !who || !entries || !forms) return html`<h1>${said.title}</h1><p class="lead" role="status">${said.opening}</p>`
  const consent = itemsOf(consents.value).find((one) => one.id === params.consent_id)
  const hours = value.reading_hours ?? consent?.reading_hours
  const notNow = whyNotNow(wall(now(), hereZone()).time, [...entries, ...forms].map(({ record }) => record.edited_at), now())
  const before = html`
    <p class="notice">
      ${consent?.status === "accepted" ? `${said.one(heading(consent))} ${words.consent.unchecked}` : said.will}
      ${hours ? ` ${hoursInWords(hours)}` : ""} ${said.unwatched} <a href="#/share">${words.back}</a>
    </p>`
  return html`
    <${Brief} name=${who.name ?? said.you} lead=${consent ? scopesInWords(consent.scopes) : ""}
      summary=${value.summary ?? value} ...${{ choice, onChoose: setChoice, before, notNow, isOwn: true }} />`
}
