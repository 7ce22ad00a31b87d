/** A second factor: a code app is enrolled, confirmed by its first code, and recovery codes are shown once. */
import { call } from "../base/api.js"
import { faultOf, faultWords, Field } from "../base/fault.js"
import { html, useState } from "../base/ui.js"
import { account } from "./account.js"

export function SecondFactor() {
  const [enrolment, setEnrolment] = useState(/** @type {{id: string, secret: string, otpauth: string} | null} */ (null))
  const [codes, setCodes] = useState(/** @type {string[] | null} */ (null))
  const [fault, setFault] = useState(/** @type {any} */ (null))
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
    })
  }
  return html`
    <section class="part">
      <h2>Second factor</h2>
      ${codes ? html`<${Codes} codes=${codes} onDone=${() => setCodes(null)} />`
        : enrolment ? html`<${Enrolling} enrolment=${enrolment} fault=${fault} onConfirm=${confirm} onLeave=${() => setEnrolment(null)} />`
        : html`
          <p class="soft small">Signing in on a new device then also asks for a code from an app on your phone.${
            account.value?.role === "therapist" ? " It is needed before you can accept an invitation." : ""}</p>
          ${fault && html`<p class="fault" role="alert">${words(fault)}</p>`}
          <div class="actions"><button class="plain" type="button" onClick=${begin}>Set it up, or set it up anew</button></div>`}
    </section>`
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
      ${fault && !wrong && html`<p class="fault part" role="alert">${words(fault)}</p>`}
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

/** @param {any} fault */
function words(fault) {
  if (fault.type === "/problems/step-up-needed") return "To replace a second factor, sign out and in again first; that proves it is you."
  return faultWords(fault, "The second factor was not changed")
}
