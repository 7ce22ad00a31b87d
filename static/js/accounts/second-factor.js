/** A second factor: a code app is enrolled, confirmed by its first code, and recovery codes are shown once. */
import { call } from "../base/api.js"
import { remember, remembered } from "../base/database.js"
import { faultOf, faultWords, Field } from "../base/fault.js"
import { route } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { account, FACTOR } from "./account.js"
import { mayGo } from "./rules.js"

export function SecondFactor() {
  const [enrolment, setEnrolment] = useState(/** @type {{id: string, secret: string, otpauth: string} | null} */ (null))
  const [codes, setCodes] = useState(/** @type {string[] | null} */ (null))
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
    }
  }
  const begin = () => attempt(async () => setEnrolment(await call("POST", "/api/factors/totp", {})))
  const confirm = (/** @type {any} */ event) => {
    event.preventDefault()
    const code = String(new FormData(event.target).get("code")).replace(/\s/g, "")
    attempt(async () => {
      setCodes((await call("POST", `/api/factors/totp/${enrolment?.id}/confirm`, { code })).recovery_codes)
      setEnrolment(null)
      setOn(true)
      await remember(FACTOR, true)
    })
  }
  const done = () => {
    setCodes(null)
    setKept(true)
  }
  return html`
    <section class="part">
      <h2>Second factor</h2>
      ${codes ? html`<${Codes} codes=${codes} onDone=${done} />`
        : enrolment ? html`<${Enrolling} enrolment=${enrolment} fault=${fault} onConfirm=${confirm} onLeave=${() => setEnrolment(null)} />`
        : html`
          <p role="status">${isOn ? "It is on." : isOn === false ? "It was not on when this device signed in." : ""}</p>
          <p class="soft small">Signing in on a new device then also asks for a code from an app on your phone.${
            account.value?.role === "therapist" ? " It is needed before you can accept an invitation." : ""}</p>
          ${kept && html`<${WayBack} />`}
          ${fault && html`<${Fault} fault=${fault} />`}
          ${!kept && html`<div class="actions"><button class="plain" type="button" onClick=${begin}>${isOn ? "Set it up anew" : "Set it up"}</button></div>`}`}
    </section>`
}

/** Back to what the second factor was needed for. */
function WayBack() {
  const next = mayGo(route.value.query.get("next"))
  if (!next) return null
  return html`<div class="actions"><a class="button" href=${`#${next}`}>${next.startsWith("/invitation/") ? "Back to the invitation" : "Go on"}</a></div>`
}

/** @param {{fault: any}} props */
function Fault({ fault }) {
  if (fault.type !== "/problems/step-up-needed") return html`<p class="fault" role="alert">${faultWords(fault, "The second factor was not changed")}</p>`
  const next = mayGo(route.value.query.get("next"))
  const back = `/account${next ? `?next=${encodeURIComponent(next)}` : ""}`
  return html`
    <p class="fault" role="alert">Sign in again first: it proves that it is you who holds this device. Nothing on it changes.</p>
    <div class="actions"><a class="button" href=${`#/sign-in?next=${encodeURIComponent(back)}`}>Sign in again</a></div>`
}

/** @param {any} props */
function Enrolling({ enrolment, fault, onConfirm, onLeave }) {
  const wrong = faultOf(fault, "code")
  return html`
    <p>Give this secret to your code app, or open the link on the phone that has the app.</p>
    <p class="secret">${enrolment.secret.match(/.{1,4}/g)?.join(" ")}</p>
    <p><a href=${enrolment.otpauth}>Open it in a code app</a></p>
    <form onSubmit=${onConfirm}>
      <${Field} name="code" label="The code the app shows now" inputmode="numeric" autocomplete="one-time-code" required
        fault=${wrong ? "That code did not fit. Take the one the app shows now." : ""} />
      ${fault && !wrong && html`<div class="part"><${Fault} fault=${fault} /></div>`}
      <div class="actions"><button class="button">Confirm</button><button class="link" type="button" onClick=${onLeave}>Leave it</button></div>
    </form>`
}

/** @param {any} props */
function Codes({ codes, onDone }) {
  const [said, setSaid] = useState("")
  const copy = () => navigator.clipboard.writeText(codes.join("\n")).then(() => setSaid("Copied."), () => setSaid("Copying did not work; write them down."))
  return html`
    <p>The second factor is on. Keep these recovery codes on paper: each replaces the app once. They are shown this one time.</p>
    <ul class="codes">${codes.map((/** @type {string} */ code) => html`<li key=${code}>${code}</li>`)}</ul>
    <div class="actions"><button class="plain" type="button" onClick=${copy}>Copy them</button>
      <button class="button" type="button" onClick=${onDone}>I have kept them</button><span class="soft small" role="status">${said}</span></div>`
}
