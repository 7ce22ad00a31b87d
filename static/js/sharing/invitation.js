/** An invitation as the invited one opens it: sign in, what is needed first, then accept. */
import { account } from "../accounts/account.js"
import { SignOut } from "../accounts/leave.js"
import { call, Problem } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { go } from "../base/router.js"
import { durationWords } from "../base/time-words.js"
import { html, useState } from "../base/ui.js"
import { carryOver, forgetSecret, TAKEN, takeSecret } from "./invitation-secret.js"
import { words } from "./reader-words.js"

const BACK = encodeURIComponent(`/invitation/${TAKEN}`)
const said = words.invitation

/** Where what has to be there first is made. The invitation waits in this tab meanwhile. @type {Record<string, string>} */
const NEEDED = { "second-factor-needed": `#/account?next=${BACK}`, "reading-hours-needed": "#/reading-hours" }

/** @param {{params: {secret: string}}} props */
export default function Invitation({ params }) {
  const [secret] = useState(() => takeSecret(params.secret))
  const who = account.value
  if (!secret) return html`<${Page} lead=${said.none} />`
  if (!who) return html`<${Guest} />`
  if (who.role !== "therapist") return html`<${Page} lead=${said.patient}><${SignOut} onLeaving=${carryOver} /><p class="part"><a href="#/">${said.not_now}</a></p><//>`
  return html`<${Accept} secret=${secret} />`
}

/** @param {{lead: string, children?: unknown}} props */
const Page = ({ lead, children }) => html`<h1>${said.title}</h1><p class="part">${lead}</p>${children}`

const Guest = () => html`
  <${Page} lead=${said.guest}>
    <div class="actions">
      <a class="button" href=${`#/register?next=${BACK}`}>${said.make_account}</a>
      <a href=${`#/sign-in?next=${BACK}`}>${said.sign_in}</a>
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
  const needed = said.needed[typeOf(fault)]
  return html`
    <${Page} lead=${said.lead}>
      <ul class="known">${said.known.map((one) => html`<li>${one}</li>`)}</ul>
      ${needed && html`<p class="notice" role="alert">${needed.words} <a href=${NEEDED[typeOf(fault)]}>${needed.link}</a></p>`}
      ${fault && !needed && html`<p class="notice" role="alert">${whyNot(fault)}</p>`}
      ${typeOf(fault) !== "not-found" && html`
        <div class="actions">
          <button class="button" type="button" disabled=${busy} onClick=${accept}>${said.accept}</button><a href="#/people">${said.not_now}</a>
        </div>`}
    <//>`
}

/** @param {unknown} fault */
const typeOf = (fault) => (fault instanceof Problem ? fault.type.replace("/problems/", "") : "")

/** @param {unknown} fault */
function whyNot(fault) {
  if (typeOf(fault) === "not-found") return said.unusable
  // Whose session it was is not for the invited one to know.
  const wait = fault instanceof Problem && fault.retryAfterS
  if (typeOf(fault) === "after-session") return wait ? said.waits_for(durationWords(wait)) : said.waits
  return faultWords(fault, said.not_accepted)
}
