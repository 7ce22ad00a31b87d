/** A second factor: a code app is enrolled, confirmed by its first code, and recovery codes are shown once. */
import { call } from "../base/api.js"
import { remember, remembered } from "../base/database.js"
import { faultOf, faultWords, Field, toFault } from "../base/fault.js"
import { route } from "../base/router.js"
import { html, signal, useEffect, useState } from "../base/ui.js"
import { account, FACTOR } from "./account.js"
import { mayGo } from "./rules.js"
import { words } from "./words.js"

/**
 * What is under way, and whose: going to the code app and back closes the lock, and with it the page. Nowhere but in memory.
 * @typedef {{who: string | undefined, enrolment?: {id: string, secret: string, otpauth: string}, codes?: string[]}} UnderWay
 */
const underWay = signal(/** @type {UnderWay} */ ({ who: undefined }))

export function SecondFactor() {
  const who = account.value?.id
  const { enrolment, codes } = underWay.value.who === who ? underWay.value : /** @type {UnderWay} */ ({ who })
  const goOn = (/** @type {Partial<UnderWay>} */ next) => void (underWay.value = { who, ...next })
  const [fault, setFault] = useState(/** @type {any} */ (null))
  const [isOn, setOn] = useState(/** @type {boolean | undefined} */ (undefined))
  const [kept, setKept] = useState(false)
  useEffect(() => void remembered(FACTOR).then(setOn), [])
  const attempt = async (/** @type {() => Promise<void>} */ run) => {
    try {
      await run()
      setFault(null)
    } catch (wrong) {
      setFault(wrong)
      toFault()
    }
  }
  const begin = () => attempt(async () => goOn({ enrolment: await call("POST", "/api/factors/totp", {}) }))
  const confirm = (/** @type {any} */ event) => {
    event.preventDefault()
    const code = String(new FormData(event.target).get("code")).replace(/\s/g, "")
    attempt(async () => {
      goOn({ codes: (await call("POST", `/api/factors/totp/${enrolment?.id}/confirm`, { code })).recovery_codes })
      setOn(true)
      await remember(FACTOR, true)
    })
  }
  const done = () => {
    goOn({})
    setKept(true)
  }
  return html`
    <section class="part">
      <h2>${words.factor.title}</h2>
      ${codes ? html`<${Codes} codes=${codes} onDone=${done} />`
        : enrolment ? html`<${Enrolling} enrolment=${enrolment} fault=${fault} onConfirm=${confirm} onLeave=${() => goOn({})} />`
        : html`
          <p role="status">${isOn ? words.factor.is_on : isOn === false ? words.factor.was_off : ""}</p>
          <p class="soft small">${words.factor.about}${account.value?.role === "therapist" ? ` ${words.factor.needed}` : ""}</p>
          ${kept && html`<${WayBack} />`}
          ${fault && html`<${Fault} fault=${fault} />`}
          ${!kept && html`<div class="actions"><button class="plain" type="button" onClick=${begin}>${isOn ? words.factor.set_up_anew : words.factor.set_up}</button></div>`}`}
    </section>`
}

/** Back to what the second factor was needed for. */
function WayBack() {
  const next = mayGo(route.value.query.get("next"))
  if (!next) return null
  return html`<div class="actions"><a class="button" href=${`#${next}`}>${next.startsWith("/invitation/") ? words.factor.back : words.go_on}</a></div>`
}

/** @param {{fault: any}} props */
function Fault({ fault }) {
  if (fault.type !== "/problems/step-up-needed") return html`<p class="fault" role="alert">${faultWords(fault, words.factor.not_changed)}</p>`
  const next = mayGo(route.value.query.get("next"))
  const back = `/account${next ? `?next=${encodeURIComponent(next)}` : ""}`
  return html`
    <p class="fault" role="alert">${words.factor.again}</p>
    <div class="actions"><a class="button" href=${`#/sign-in?next=${encodeURIComponent(back)}`}>${words.sign_in_again}</a></div>`
}

/** @param {any} props */
function Enrolling({ enrolment, fault, onConfirm, onLeave }) {
  const wrong = faultOf(fault, "code")
  return html`
    <p>${words.factor.secret}</p>
    <p class="secret">${enrolment.secret.match(/.{1,4}/g)?.join(" ")}</p>
    <p><a href=${enrolment.otpauth}>${words.factor.open_app}</a></p>
    <form onSubmit=${onConfirm}>
      <${Field} name="code" label=${words.factor.code} inputmode="numeric" autocomplete="one-time-code" required
        fault=${wrong ? words.factor.wrong_code : ""} />
      ${fault && !wrong && html`<div class="part"><${Fault} fault=${fault} /></div>`}
      <div class="actions"><button class="button">${words.factor.confirm}</button><button class="link" type="button" onClick=${onLeave}>${words.factor.leave}</button></div>
    </form>`
}

/** @param {any} props */
function Codes({ codes, onDone }) {
  const [said, setSaid] = useState("")
  const copy = () => navigator.clipboard.writeText(codes.join("\n")).then(() => setSaid(words.factor.copied), () => setSaid(words.factor.not_copied))
  return html`
    <p>${words.factor.codes}</p>
    <ul class="codes">${codes.map((/** @type {string} */ code) => html`<li key=${code}>${code}</li>`)}</ul>
    <div class="actions"><button class="plain" type="button" onClick=${copy}>${words.factor.copy}</button>
      <button class="button" type="button" onClick=${onDone}>${words.factor.kept}</button><span class="soft small" role="status">${said}</span></div>`
}
