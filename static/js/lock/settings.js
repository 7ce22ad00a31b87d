/** The page about the lock: set, changed, taken away. Each asks for what opens it now. */
import { go, route } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { mayGo } from "../accounts/rules.js"
import { PinField, useTry } from "./factor.js"
import { mayHavePasskey } from "./passkey.js"
import { protect } from "./protect.js"
import { isPin } from "./rules.js"
import { look } from "./watch.js"
import { words } from "./words.js"

const said = words.settings

/** @typedef {"pin" | "passkey" | "none"} Next what is to lock it from now on */

export default function Settings() {
  const { kind, fault, isBusy, waitS, attempt } = useTry()
  const [canPasskey, setCanPasskey] = useState(false)
  const [next, setNext] = useState(/** @type {Next | ""} */ (""))
  const [isDone, setDone] = useState(false)
  useEffect(() => void mayHavePasskey().then(setCanPasskey), [])
  if (!kind) return html`<h1>${said.title}</h1>`
  const isOn = kind !== "device"
  const on = mayGo(route.value.query.get("next"))
  const ways = /** @type {Next[]} */ (["pin", ...(canPasskey ? ["passkey"] : []), ...(isOn ? ["none"] : [])])
  const choose = (/** @type {Next | ""} */ way) => {
    setDone(false)
    setNext(way)
  }
  const act = async (/** @type {any} */ event, /** @type {Next} */ way, /** @type {string} */ pin) => {
    const went = await attempt(event, async (factor) => {
      await protect(factor, way === "pin" ? { pin } : way === "passkey" ? { passkey: true } : null)
      await look()
    })
    if (!went) return
    if (on) return go(on, { replace: true })
    setNext("")
    setDone(true)
  }
  return html`
    <h1>${said.title}</h1>
    <p class="lead">${said.lead}</p>
    <p class="part" role="status">${isDone ? `${said.done} ` : ""}${said.now[kind]}</p>
    <ul class="rows">
      ${ways.map((way) => html`
        <li key=${way}>${next === way
          ? html`<${Form} ...${{ kind, way, fault, isBusy, waitS, act }} onLeave=${() => (on ? go(on, { replace: true }) : choose(""))} />`
          : html`<button class="link" type="button" onClick=${() => choose(way)}>${wayWords(kind, way)}</button>`}</li>`)}
    </ul>
    ${on && !next && html`<p class="part"><a href=${`#${on}`}>${said.leave}</a></p>`}
    <section class="part"><h2>${said.limits}</h2>${said.limits_about.map((text) => html`<p class="said" key=${text}>${text}</p>`)}</section>`
}

/** @param {"device" | "pin" | "passkey"} kind @param {Next} way */
const wayWords = (kind, way) => (way === "none" ? said.none : way === kind ? said.change[way] : said.take[way])

/** @param {{kind: "device" | "pin" | "passkey", way: Next, fault: string, isBusy: boolean, waitS: number, act: (event: any, way: Next, pin: string) => void, onLeave: () => void}} props */
function Form({ kind, way, fault, isBusy, waitS, act, onLeave }) {
  const [missing, setMissing] = useState({ pin: "", again: "" })
  const submit = (/** @type {any} */ event) => {
    event.preventDefault()
    const form = /** @type {any} */ (Object.fromEntries(new FormData(event.target)))
    const isGiven = way !== "pin" || isPin(form.new)
    const isTwice = way !== "pin" || form.new === form.again
    setMissing({ pin: isGiven ? "" : said.not_a_pin, again: !isGiven || isTwice ? "" : said.not_twice })
    if (!isGiven) return event.target.querySelector("#new").focus()
    if (!isTwice) return event.target.querySelector("#again").focus()
    act(event, way, form.new)
  }
  return html`
    <form class="lock-form" onSubmit=${submit} autocomplete="off" novalidate>
      <h2>${wayWords(kind, way)}</h2>
      ${way === "passkey" && html`<p class="soft small">${said.passkey_about}</p>`}
      ${kind === "pin" && html`<${PinField} name="pin" label=${said.current} fault=${fault} />`}
      ${way === "pin" && html`
        <${PinField} name="new" label=${said.new} hint=${said.new_hint} fault=${missing.pin} />
        <${PinField} name="again" label=${said.again} fault=${missing.again} />`}
      ${kind !== "pin" && fault && html`<p class="fault part" role="alert">${fault}</p>`}
      <div class="actions">
        <button class="button" disabled=${isBusy || waitS > 0}>${isBusy ? words.opening : said.press[way]}</button>
        <button class="link" type="button" onClick=${onLeave}>${said.leave}</button>
      </div>
    </form>`
}
