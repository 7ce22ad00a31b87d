/** The first five minutes: one question a screen, each can be skipped, none stands in the way of writing. */
import { remember, remembered } from "../base/database.js"
import { locale } from "../base/language.js"
import { go } from "../base/router.js"
import { hereZone } from "../base/time.js"
import { html, useEffect, useState } from "../base/ui.js"
import { choose, NAMES } from "../device/look.js"
import { lockKind } from "../lock/protect.js"
import { EMERGENCY } from "../safety/crisis-lines.js"
import { countryOf } from "../safety/rules.js"
import { after, stepOf } from "./rules.js"
import { words } from "./words.js"

const LONGEST_WORDING = 120

/** @param {{params: Record<string, string>}} props */
export default function Begin({ params }) {
  const step = stepOf(params.step)
  const on = async (isShared = false) => go(after(step, isShared, isShared && (await lockKind()) !== "device"), { replace: true })
  const { title, lead } = words[step]
  return html`
    <div class="one-question">
      <h1>${title}</h1>
      <p class="lead">${lead}</p>
      <div class="answers"><${answers[step]} on=${on} />
        <button class="link" type="button" onClick=${() => on()}>${step === "lock" ? words.not_now : words.skip}</button></div>
    </div>`
}

/** @typedef {{on: (isShared?: boolean) => Promise<void>}} Props */

const answers = {
  others: (/** @type {Props} */ { on }) => html`
    <button class="plain" type="button" onClick=${() => on(true)}>${words.others.yes}</button>
    <button class="plain" type="button" onClick=${() => on()}>${words.others.no}</button>`,

  // The lock's own page leads back to where these questions go on.
  lock: () => html`<a class="plain" href=${`#/lock?next=${after("lock")}`}>${words.lock.yes}</a>`,

  name: (/** @type {Props} */ { on }) => NAMES.map((name) => html`
    <button key=${name} class="plain" type="button" onClick=${() => choose("name", name).then(() => on())}>${words.name.names[name]}</button>`),

  reminder: Wording,
  country: Country,
}

/** What is chosen here stands in the form of a reminder once one is asked for. @param {Props} props */
function Wording({ on }) {
  const take = async (/** @type {string} */ wording) => {
    await remember("wording", wording.trim() || undefined)
    on()
  }
  const submit = (/** @type {any} */ event) => {
    event.preventDefault()
    take(String(new FormData(event.target).get("wording")))
  }
  return html`
    ${words.reminder.suggestions.map((wording) => html`<button key=${wording} class="plain" type="button" onClick=${() => take(wording)}>${wording}</button>`)}
    <form autocomplete="off" onSubmit=${submit}>
      <div class="field"><label for="wording">${words.reminder.own}</label>
        <input id="wording" name="wording" required maxlength=${LONGEST_WORDING} autocomplete="off" /></div>
      <div class="actions"><button class="plain">${words.reminder.take}</button></div>
    </form>`
}

/** @param {Props} props */
function Country({ on }) {
  const [country, setCountry] = useState(countryOf(hereZone(), navigator.languages))
  useEffect(() => void remembered("country").then((kept) => kept !== undefined && setCountry(kept)), [])
  const take = () => remember("country", country).then(() => on())
  return html`
    <div class="field"><label class="unseen" for="country">${words.country.title}</label>
      <select id="country" value=${country} onChange=${(/** @type {any} */ event) => setCountry(event.target.value)}>
        ${Object.keys(EMERGENCY).map((code) => html`<option key=${code} value=${code}>${regions.of(code)}</option>`)}
        <option value="">${words.country.another}</option></select></div>
    <button class="button" type="button" onClick=${take}>${words.country.take}</button>`
}

const regions = new Intl.DisplayNames([locale], { type: "region" })
