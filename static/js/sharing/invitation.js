/** An invitation as the invited one opens it: sign in, what is needed first, then accept. */
import { account } from "../accounts/account.js"
import { call, Problem } from "../base/api.js"
import { go } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { shareFault } from "./fault.js"
import { forgetSecret, TAKEN, takeSecret } from "./invitation-secret.js"
import { waitInWords } from "./rules.js"

const BACK = encodeURIComponent(`/invitation/${TAKEN}`)

/** @param {{params: {secret: string}}} props */
export default function Invitation({ params }) {
  const [secret] = useState(() => takeSecret(params.secret))
  const who = account.value
  if (!secret) return html`<${Page} words="There is no invitation in this tab. Open its link once more." />`
  if (!who) return html`<${Guest} />`
  if (who.role !== "therapist") {
    return html`<${Page} words="An invitation is accepted with a therapist's account, and this device is signed in as a patient. Open the link on another device; or sign out first, then open it again." />`
  }
  return html`<${Accept} secret=${secret} />`
}

/** @param {{words: string, children?: unknown}} props */
const Page = ({ words, children }) => html`<h1>An invitation</h1><p class="part">${words}</p>${children}`

const Guest = () => html`
  <${Page} words="Somebody invites you to read what they write about their treatment. To accept you need a therapist's account here; the invitation is kept in this tab until then.">
    <div class="actions">
      <a class="button" href=${`#/register?next=${BACK}`}>Make an account</a>
      <a href=${`#/sign-in?next=${BACK}`}>I have one: sign in</a>
    </div>
  <//>`

/** @param {{secret: string}} props */
function Accept({ secret }) {
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [busy, setBusy] = useState(false)
  const accept = async () => {
    setBusy(true)
    try {
      const consent = await call("POST", "/api/consents/acceptance", { secret })
      forgetSecret()
      go(`/people/${consent.id}`, { replace: true })
    } catch (wrong) {
      setFault(wrong)
      setBusy(false)
      if (typeOf(wrong) === "not-found") forgetSecret()
    }
  }
  const needed = NEEDED[typeOf(fault)]
  return html`
    <h1>An invitation</h1>
    <p class="part">Somebody invites you to read what they write about their treatment.</p>
    <ul class="known">
      <li>You see what they chose, for as long as they chose. They can withdraw it at any time.</li>
      <li>Each time you look is shown to them.</li>
      <li>It is a diary, not a monitor: nobody expects you to watch it between meetings, and they are told so.</li>
      <li>Your name is shown as one that nobody has checked.</li>
    </ul>
    ${needed && html`<p class="notice" role="alert">${needed.words} <a href=${needed.href}>${needed.link}</a></p>`}
    ${fault && !needed && html`<p class="notice" role="alert">${words(fault)}</p>`}
    ${typeOf(fault) !== "not-found" && html`
      <div class="actions"><button class="button" type="button" disabled=${busy} onClick=${accept}>Accept</button><a href="#/people">Not now</a></div>`}`
}

/** What has to be there first. The invitation waits in this tab meanwhile. @type {Record<string, {words: string, link: string, href: string}>} */
const NEEDED = {
  "second-factor-needed": {
    words: "Before you can read somebody's diary, your account needs a second proof: a code app.",
    link: "Set it up, then come back here",
    href: `#/account?next=${BACK}`,
  },
  "reading-hours-needed": {
    words: "Before you can read somebody's diary, say when you read, so that they know when nobody does.",
    link: "Set your reading hours",
    href: "#/reading-hours",
  },
}

/** @param {unknown} fault */
const typeOf = (fault) => (fault instanceof Problem ? fault.type.replace("/problems/", "") : "")

/** @param {unknown} fault */
function words(fault) {
  if (typeOf(fault) === "not-found") return "This invitation can't be used: it is used already, withdrawn, too old, or part of the link is missing. Ask for another."
  if (typeOf(fault) === "after-session") {
    const wait = /** @type {Problem} */ (fault).retryAfterS
    return `It can't be accepted just now. ${wait ? `Try again in ${waitInWords(wait)}.` : "Try again later."} The invitation stays good.`
  }
  return shareFault(fault, "It was not accepted")
}
