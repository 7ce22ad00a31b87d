/** The therapist's page of one person: the figures at the left, the person's own words beside them. */
import { Take } from "../accounts/take.js"
import { useAnswer } from "../base/answer.js"
import { call } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { hereZone, localDay, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { Brief } from "./brief.js"
import { scopesInWords } from "./consent-words.js"
import { words } from "./reader-words.js"
import { periodQuery } from "./reading.js"
import { personInWords } from "./reading-words.js"
import { usePerson } from "./shared.js"

const said = words.person

/** @type {Record<string, string>} */
const CLOSED = { "/problems/consent-withdrawn": said.withdrawn, "/problems/consent-expired": said.over }

/** @param {{params: {consent_id: string}}} props */
export default function Person({ params }) {
  return html`<${OnePerson} key=${params.consent_id} id=${params.consent_id} />`
}

/** @param {{id: string}} props */
function OnePerson({ id }) {
  const [choice, setChoice] = useState("30")
  const today = localDay(now(), hereZone())
  const person = usePerson(id)
  const query = periodQuery(choice, today)
  const { value: summary, fault, again } = useAnswer(`/api/shared/${id}/summary?${query}`)

  const settle = (/** @type {string} */ question) => call("POST", `/api/shared/${id}/questions/${question}/settled`, {}).then(again)

  if (fault && !summary) return html`<${Closed} fault=${fault} />`
  if (!summary || !person) return html`<h1>${person?.patient?.name ?? said.somebody}</h1><p class="lead" role="status">${said.opening}</p>`
  return html`
    <${Brief} name=${person.patient?.name ?? said.somebody} lead=${person.patient ? `${personInWords(person)}: ${scopesInWords(person.scopes, true)}` : ""}
      more=${[person.from && said.shared_from(dayWords(person.from, { year: true })), person.new_since_you_looked > 0 && `${words.people.fresh(person.new_since_you_looked)}.`, words.people.unwatched].filter(Boolean).join(" ")} ...${{ summary, choice, onChoose: setChoice, onAct: again, onSettle: settle }} />
    <div class="no-print after-brief">
      <p><button class="link" type="button" onClick=${() => print()}>${said.print}</button></p>
      <${Take} path=${`/api/shared/${id}/summary.pdf?${query}`} file=${said.file.pdf} label=${said.pdf} />
      <${Take} path=${`/api/shared/${id}/summary.fhir.json?${query}`} file=${said.file.fhir} label=${said.fhir} />
      <${GiveBack} id=${id} />
    </div>`
}

/** @param {{id: string}} props */
function GiveBack({ id }) {
  const [trouble, setTrouble] = useState("")
  const leave = async () => {
    try {
      await call("DELETE", `/api/shared/${id}`)
      go("/people", { replace: true })
    } catch (wrong) {
      setTrouble(faultWords(wrong, said.not_given_back))
    }
  }
  return html`
    <details class="fold">
      <summary>${said.give_back}</summary>
      <div>
        <p class="soft small">${said.giving_back}</p>
        ${trouble && html`<p class="fault" role="alert">${trouble}</p>`}
        <div class="actions"><button class="plain" type="button" onClick=${leave}>${said.give_it_back}</button></div>
      </div>
    </details>`
}

/** @param {{fault: any}} props */
function Closed({ fault }) {
  const closed = CLOSED[fault.type]
  const unknown = fault.status === 404 ? said.no_share : faultWords(fault, said.no_answer)
  return html`
    <h1>${closed ? said.closed : said.not_here}</h1>
    <p class="part" role="status">${closed ?? unknown}</p>
    <p class="actions"><a href="#/people">${words.people.title}</a></p>`
}
