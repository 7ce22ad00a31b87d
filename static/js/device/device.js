/** The page about this device: language, size of text, colours, the name it goes by; and the ways to more. */
import { account } from "../accounts/account.js"
import { call } from "../base/api.js"
import { LANGUAGES, language, speak } from "../base/language.js"
import { html, useState } from "../base/ui.js"
import { Clear } from "../lock/clear.js"
import { handOver } from "../vault/handed.js"
import { choose, chosen, NAMES, SIZES, THEMES } from "./look.js"
import { words } from "./words.js"

export default function Device() {
  const who = account.value
  return html`
    <h1>${words.title}</h1>
    <p class="lead">${words.lead}</p>
    <${Choice} name="language" legend=${words.language} names=${LANGUAGES} values=${Object.keys(LANGUAGES)} first=${language} onChoose=${change} />
    <${Look} what="text" legend=${words.size} names=${words.sizes} values=${SIZES} />
    <${Look} what="theme" legend=${words.theme} names=${words.themes} values=${THEMES} />
    <${Look} what="name" legend=${words.name} names=${words.names} values=${NAMES} />
    <p class="soft small">${words.name_about}</p>
    <p class="soft small">${words.name_limits}</p>
    <h2 class="part">${words.ways}</h2>
    <ul class="rows">
      ${who?.role !== "therapist" && html`<li><a href="#/lock">${words.lock}</a></li>`}
      <li><a href="#/install">${words.install}</a></li>
      ${who?.role !== "therapist" && html`<li><a href="#/kept">${words.kept}</a></li>`}
    </ul>
    ${!who && html`<${Clear} />`}`
}

/** The server hears of the language where it can: what it writes is to be read too. @param {string} chosen */
async function change(chosen) {
  if (account.peek()) await call("PATCH", "/api/account", { language: chosen }).catch(() => undefined)
  // The page starts anew with other words; a lock that is open stays so.
  await handOver()
  await speak(chosen)
}

/** @param {{what: "text" | "theme" | "name", legend: string, names: Record<string, string>, values: string[]}} props */
const Look = ({ what, ...rest }) => html`<${Choice} ...${rest} name=${what} first=${chosen(what)} onChoose=${(/** @type {string} */ value) => choose(what, value)} />`

/** @param {{name: string, legend: string, names: Record<string, string>, values: string[], first: string, onChoose: (value: string) => void}} props */
function Choice({ name, legend, names, values, first, onChoose }) {
  const [value, setValue] = useState(first)
  const take = (/** @type {string} */ next) => {
    setValue(next)
    onChoose(next)
  }
  return html`
    <fieldset class="field choices"><legend>${legend}</legend>
      ${values.map((one) => html`
        <label key=${one}><input type="radio" name=${name} value=${one} checked=${one === value} onChange=${() => take(one)} /><span>${names[one]}</span></label>`)}
    </fieldset>`
}
