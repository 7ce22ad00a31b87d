/**
 * "I need help", and the card that follows some answers: numbers to call, here without a network and without an account. The card
 * is a place on the page: the browser's list of where somebody was says nothing of it.
 */
import { account } from "../accounts/account.js"
import { lastShares } from "../accounts/open-shares.js"
import { remember, remembered } from "../base/database.js"
import { route } from "../base/router.js"
import { hereZone, now } from "../base/time.js"
import { dayWords } from "../base/time-words.js"
import { html, useEffect, useState } from "../base/ui.js"
import { ELSEWHERE, EMERGENCY } from "./crisis-lines.js"
import { emergenciesOf, nameOf } from "./emergency.js"
import { NearNumbers } from "./near-numbers.js"
import { PlanParts, usePlan } from "./plan-parts.js"
import { countryOf, linesOf, reviewOf, seenBy, smsOf, telOf } from "./rules.js"
import { chosen, Tell } from "./tell.js"
import { words } from "./words.js"

/** @typedef {import("./emergency.js").Emergency} Emergency */

const said = words.help

export default function Help() {
  const [choice, setChoice] = useState(/** @type {string | undefined} */ (undefined))
  useEffect(() => void remembered("country").then(setChoice), [])
  const country = choice ?? countryOf(hereZone(), navigator.languages)
  const emergencies = emergenciesOf(choice)
  const [seen, setSeen] = useState(said.seen_unknown)
  const { at } = route.value
  const isOfForm = at === "form" || at === "answer"
  const isCard = isOfForm || at === "mood"
  // No answer but that to item 9 goes by itself: of another one its person says that they need help, or nobody does.
  const trigger = at === "form" ? "item_9" : at === "mood" ? "mood" : "button"
  const called = (/** @type {any} */ event) => {
    if (account.value?.role !== "therapist" && event.target.closest?.("a[href^='tel:'], a[href^='sms:']")) chosen(trigger, "call").catch(console.error)
  }
  const notNow = () => void chosen(trigger, "not_now").catch(console.error)
  const scopes = isOfForm ? ["measures"] : ["scales", "notes"]
  useEffect(() => void lastShares().then((shares) => shares && setSeen(seenWords(seenBy(shares, scopes), shares))), [account.value, scopes[0]])
  const planWay = account.value?.role !== "therapist" && html`<li><a href="#/safety-plan">${said.plan}</a></li>`
  const choose = (/** @type {any} */ event) => {
    setChoice(event.target.value)
    remember("country", event.target.value)
  }
  return html`
    <h1>${isCard ? said.card_title : said.title}</h1>
    <p class="lead">${isCard ? said.card_lead(seen) : said.lead}</p>
    <div class="help">
      ${!isCard && html`<ul class="rows below"><li><a href="#/grounding">${said.far}</a></li>${planWay}</ul>`}
      <div onClick=${called}><${NearNumbers} /><${Numbers} ...${{ country, emergencies, isCard }} /></div>
      <${Tell} trigger=${trigger} />
      ${!isCard && account.value?.role !== "therapist" && html`<${OwnPlan} />`}
      ${isCard && html`<ul class="rows below">${planWay}</ul><p class="small below">${said.near_means}</p><div class="actions"><a class="plain" href="#/" onClick=${notNow}>${said.not_now}</a></div>`}
      <div class="field"><label for="country">${said.choose_country}</label>
        <select id="country" value=${country} onChange=${choose}>
          ${Object.keys(EMERGENCY).map((code) => html`<option key=${code} value=${code}>${nameOf(code)}</option>`)}
          <option value="">${said.another_country}</option></select></div>
      <${Checked} ...${{ country, emergencies }} />
      ${!isCard && html`
          <section class="part"><h2>${said.body}</h2><p>${said.body_signs}</p><p><a href="#/medical">${said.body_card}</a></p></section>
          <section class="part"><h2>${said.near}</h2><p>${said.near_means}</p></section>
          ${account.value && html`<section class="part"><h2>${said.phone}</h2><p><a href="#/who-can-open-this">${said.phone_means}</a></p></section>`}`}
    </div>`
}

/** The plan itself: whoever needs it is not to look for it. What a lock closes is not among it. */
function OwnPlan() {
  const plan = usePlan()
  if (!plan || !Object.keys(plan.lines).length) return null
  return html`<section id="plan" class="plan part"><h2>${said.plan}</h2><${PlanParts} lines=${plan.lines} level="h3" /></section>`
}

/** Where alerts are read, more is said further down. @param {ReturnType<typeof seenBy>} groups @param {import("../accounts/rules.js").Share[]} shares */
function seenWords(groups, shares) {
  if (groups.length) return said.seen(groups)
  return shares.some(({ scopes }) => scopes.includes("alerts")) ? said.seen_unknown : said.seen_by_nobody
}

/** On the card stand those for a crisis alone: nothing there is to be looked through. @param {{country: string, emergencies: Emergency[], isCard: boolean}} props */
function Numbers({ country, emergencies, isCard }) {
  const lines = linesOf(country).filter(({ kind }) => !isCard || kind === "crisis")
  return html`
    <h2 class="part">${EMERGENCY[country] ? said.numbers_for(nameOf(country)) : said.numbers_here}</h2>
    <ul class="rows numbers">
      ${emergencies.map(({ code, call, name }) => html`
        <li key=${`in danger ${code}`}><span>${emergencies.length > 1 ? said.in_danger_in(name) : said.in_danger}</span> ${call
          ? html`<a class="number" href=${telOf(call)} aria-label=${said.call(call)}>${call}</a>`
          : html`<span>${said.local_number}</span>`}</li>`)}
      ${lines.map((line) => html`
        <li key=${line.name}><span>${line.name}${said.kind[line.kind] && html`<span class="soft small"> ${said.kind[line.kind]}</span>`}${line.chat && html`<span class="soft small"> ${said.chat(line.chat)}</span>`}</span>
          <span class="reach">
            ${line.call && html`<a class="number" href=${telOf(line.call)} aria-label=${said.call(line.call)}>${line.call}</a>`}
            ${line.text && html`<a href=${smsOf(line.text)}>${textWords(line.text)}</a>`}
          </span></li>`)}
      ${!lines.length && html`<li><span>${said.elsewhere}</span><span>${ELSEWHERE}</span></li>`}
    </ul>
    ${lines.length > 0 && html`<p class="soft small below">${said.if_none(emergencies[0].call ?? said.local_number, ELSEWHERE)}</p>`}`
}

/** When the numbers were last checked, and that it is due again: away from them, since nobody in need is to doubt them. @param {{country: string, emergencies: Emergency[]}} props */
function Checked({ country, emergencies }) {
  const review = reviewOf([...linesOf(country), ...emergencies.flatMap(({ code }) => EMERGENCY[code] ?? [])], now().slice(0, 10))
  if (!review) return null
  const day = review.on && dayWords(review.on, { year: true })
  return html`<p class="soft small">${!day ? said.never_checked : review.isStale ? said.checked_long_ago(day) : said.checked_on(day)}</p>`
}

/** @param {{to: string, word: string}} text */
const textWords = ({ to, word }) => (word ? said.text_word(word, to) : said.text(to))
