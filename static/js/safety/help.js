/** "I need help", and the card after a mood of 0: numbers to call, here without a network and without an account. */
import { remember, remembered } from "../base/database.js"
import { route } from "../base/router.js"
import { hereZone, now } from "../base/time.js"
import { html, useEffect, useState } from "../base/ui.js"
import { ELSEWHERE, EMERGENCY } from "./crisis-lines.js"
import { countryOf, isChecked, linesOf, smsOf, telOf } from "./rules.js"

export default function Help() {
  const [country, setCountry] = useState(countryOf(hereZone(), navigator.languages))
  useEffect(() => void remembered("country").then((kept) => kept !== undefined && setCountry(kept)), [])
  const isCard = route.value.path === "/before-you-go-on"
  const choose = (/** @type {any} */ event) => {
    setCountry(event.target.value)
    remember("country", event.target.value)
  }
  return html`
    <h1>${isCard ? "Before you go on" : "I need help"}</h1>
    <p class="lead">${isCard
      ? "What you wrote is kept. Nobody is told of it at once, and nobody watches it in real time. If you would like to speak with somebody now, these lines answer."
      : "This is not an emergency service. Nobody watches it in real time, or between meetings."}</p>
    <div class="help">
      <${Numbers} country=${country} />
      <div class="field"><label for="country">If you are somewhere else, choose the country</label>
        <select id="country" value=${country} onChange=${choose}>
          ${Object.keys(EMERGENCY).map((code) => html`<option key=${code} value=${code}>${nameOf(code)}</option>`)}
          <option value="">Another country</option></select></div>
      ${isCard
        ? html`<div class="actions"><a class="plain" href="#/">Not now</a></div>`
        : html`
          <section class="part"><h2>For the body</h2>
            <p>Chest pain, fainting, trouble breathing, blood in urine or not being able to pass it, no sleep with racing energy, hearing voices:
              call your clinic, or the emergency number.</p></section>
          <section class="part"><h2>Somebody near</h2>
            <p>Somebody you feel safe with can sit with you while you call, or call for you.</p></section>`}
    </div>`
}

/** @param {{country: string}} props */
function Numbers({ country }) {
  const emergency = EMERGENCY[country]
  const today = now().slice(0, 10)
  const lines = linesOf(country)
  const isAll = [emergency, ...lines].every((line) => line && isChecked(line, today))
  return html`
    <h2 class="part">${emergency ? `Numbers for ${nameOf(country)}` : "Numbers where you are"}</h2>
    <ul class="rows numbers">
      <li><span>In danger now</span> ${emergency
        ? html`<a class="number" href=${telOf(emergency.call)} aria-label=${`Call ${emergency.call}`}>${emergency.call}</a>`
        : html`<span>your local emergency number</span>`}</li>
      ${lines.map((line) => html`
        <li key=${line.name}><span>${line.name}${line.chat && html`<span class="soft small"> or chat at ${line.chat}</span>`}</span>
          <span class="reach">
            ${line.call && html`<a class="number" href=${telOf(line.call)} aria-label=${`Call ${line.call}`}>${line.call}</a>`}
            ${line.text && html`<a href=${smsOf(line.text)}>${textWords(line.text)}</a>`}
          </span></li>`)}
      ${!lines.length && html`<li><span>Crisis lines in other countries</span><span>${ELSEWHERE}</span></li>`}
    </ul>
    ${!isAll && lines.length > 0 && html`
      <p class="soft small">These numbers have not been checked by us lately. If one does not answer, take the emergency number, or look at ${ELSEWHERE}.</p>`}`
}

/** @param {{to: string, word: string}} text */
const textWords = ({ to, word }) => (word ? `text ${word} to ${to}` : `text ${to}`)

/** @param {string} code */
const nameOf = (code) => new Intl.DisplayNames(["en"], { type: "region" }).of(code)
