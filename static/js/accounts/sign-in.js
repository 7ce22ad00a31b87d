/** The sign-in page: mail, password, and a code where the account asks for one. */
import { Problem } from "../base/api.js"
import { faultWords, Field } from "../base/fault.js"
import { go, route } from "../base/router.js"
import { html, useEffect, useState } from "../base/ui.js"
import { guestEntries } from "../records/guest.js"
import { account } from "./account.js"
import { signIn } from "./enter.js"
import { homeOf, mayGo } from "./rules.js"

export default function SignIn() {
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [busy, setBusy] = useState(false)
  const [asksCode, setAsksCode] = useState(false)
  const [guests, setGuests] = useState(0)
  useEffect(() => void guestEntries().then(setGuests), [])
  const next = route.value.query.get("next")

  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    const form = Object.fromEntries(new FormData(event.target))
    setBusy(true)
    setFault(null)
    try {
      const { email, password, code } = /** @type {Record<string, string>} */ (form)
      const who = await signIn({ email: email.trim(), password, ...(code ? { code: code.replace(/\s/g, "") } : {}) }, Boolean(form.guest))
      go(mayGo(next) ?? homeOf(who), { replace: true })
    } catch (wrong) {
      const isCode = wrong instanceof Problem && wrong.type === "/problems/code-needed"
      setFault(isCode && !asksCode ? null : wrong)
      if (isCode) setAsksCode(true)
      setBusy(false)
      if (isCode) requestAnimationFrame(() => document.getElementById("code")?.focus())
    }
  }

  return html`
    <h1>Sign in</h1>
    <p class="lead">What you wrote on this device stays on it either way.</p>
    <form onSubmit=${submit}>
      <${Field} name="email" label="E-mail" type="email" autocomplete="username" required defaultValue=${account.peek()?.email ?? ""} />
      <${Field} name="password" label="Password" type="password" autocomplete="current-password" required
        hint="A forgotten password can't be recovered yet." />
      ${asksCode && html`<${Field} name="code" label="Code" inputmode="numeric" autocomplete="one-time-code" required
        hint="Six digits from your code app, or one of your recovery codes" />`}
      ${guests > 0 && html`
        <div class="choices part"><label><input type="checkbox" name="guest" checked />
          <span>Add the ${guests === 1 ? "entry" : `${guests} entries`} written on this device to this account</span></label></div>`}
      ${fault && html`<p class="fault part" role="alert">${words(fault)}</p>`}
      <div class="actions"><button class="button" disabled=${busy}>${busy ? "Signing in" : "Sign in"}</button>
        <a href=${`#/register${next ? `?next=${encodeURIComponent(next)}` : ""}`}>Make an account</a></div>
    </form>`
}

/** @param {unknown} fault */
function words(fault) {
  const type = fault instanceof Problem ? fault.type : ""
  if (type === "/problems/wrong-credentials") return "The address, the password or the code is not right. Look at each, then try again."
  if (type === "/problems/code-needed") return "That code did not fit. Take the one your app shows now."
  return faultWords(fault, "You are not signed in")
}
