/** What somebody can take away: a summary on paper or for other programs, and the check-ins as a table. */
import { Take } from "../accounts/take.js"
import { account } from "../accounts/account.js"
import { html, useState } from "../base/ui.js"
import { addDays, hereZone, localDay, now } from "../base/time.js"
import { words } from "./words.js"

/** How many days each choice holds; all is longer than anybody has kept this diary. */
const DAYS = /** @type {Record<string, number>} */ ({ 30: 30, 90: 90, all: 3650 })

export default function Files() {
  const [days, setDays] = useState("30")
  const [reader, setReader] = useState("therapist")
  const query = queryOf(days, reader, localDay(now(), hereZone(), account.value?.day_starts_at))
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <section class="part"><h2>${words.summary}</h2>
      <${Choice} name="days" legend=${words.period} names=${words.periods} values=${Object.keys(DAYS)} value=${days} onChoose=${setDays} />
      <${Choice} name="reader" legend=${words.whom} names=${words.readers} values=${["therapist", "prescriber", "me"]} value=${reader} onChoose=${setReader} />
      <p class="soft small">${words.holds[reader === "me" ? "all" : "addressed"]}</p>
      <${Take} key=${`pdf ${query}`} path=${`/api/summary.pdf?${query}`} file=${words.file.pdf} label=${words.pdf} isMain=${true} />
      <${Take} key=${`fhir ${query}`} path=${`/api/summary.fhir.json?${query}`} file=${words.file.fhir} label=${words.fhir} />
    </section>
    <section class="part"><h2>${words.check_ins}</h2>
      <p>${words.table_about}</p>
      <${Take} path="/api/check-ins.csv" file=${words.file.csv} label=${words.csv} />
    </section>`
}

/** @param {string} days of DAYS @param {string} reader @param {string} today */
function queryOf(days, reader, today) {
  const period = `from=${addDays(today, 1 - DAYS[days])}` // until when, the server says: it knows of days written elsewhere
  return reader === "me" ? period : `${period}&reader=${reader}`
}

/** @param {{name: string, legend: string, names: Record<string, string>, values: string[], value: string, onChoose: (value: string) => void}} props */
const Choice = ({ name, legend, names, values, value, onChoose }) => html`
  <fieldset class="field choices"><legend>${legend}</legend>
    ${values.map((one) => html`
      <label key=${one}><input type="radio" name=${name} value=${one} checked=${one === value} onChange=${() => onChoose(one)} /><span>${names[one]}</span></label>`)}
  </fieldset>`
