/** The sign-in page: mail, password, and a code where the account asks for one. */
import { Problem } from "../base/api.js"
import { faultWords, Field } from "../base/fault.js"
import { go, route } from "../base/router.js"
import { html, useState } from "../base/ui.js"
import { account } from "./account.js"
import { signIn } from "./enter.js"
import { Password } from "./password.js"
import { homeOf, mayGo } from "./rules.js"
import { useWho } from "./who.js"
import { Whose } from "./whose.js"
import { words } from "./words.js"

export default function SignIn() {
  const [fault, setFault] = useState(/** @type {unknown} */ (null))
  const [busy, setBusy] = useState(false)
  const [asksCode, setAsksCode] = useState(false)
  const who = useWho()
  const next = route.value.query.get("next")

  const submit = async (/** @type {any} */ event) => {
    event.preventDefault()
    const form = Object.fromEntries(new FormData(event.target))
    setBusy(true)
    setFault(null)
    try {
      const { email, password, code } = /** @type {Record<string, string>} */ (form)
      const who = await signIn({ email: email.trim(), password, ...(code ? { code: code.replace(/\s/g, "") } : {}) }, form.guest === "mine")
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
    <h1>${words.sign_in}</h1>
    ${!account.value && mayGo(next) && html`<p class="lead">${words.coming.needed}</p>`}
    <p class="lead">${words.coming.lead}</p>
    <form onSubmit=${submit}>
      <${Field} name="email" label=${words.email} type="email" autocomplete="username" required defaultValue=${who?.email ?? ""} />
      <${Password} autocomplete="current-password" hint=${words.recover} />
      ${asksCode && html`<${Field} name="code" label=${words.code} inputmode="numeric" autocomplete="one-time-code" required
        hint=${words.coming.code_hint} />`}
      <${Whose} />
      ${fault && html`<p class="fault part" role="alert">${faultOfSignIn(fault)}</p>`}
      <div class="actions"><button class="button" disabled=${busy}>${busy ? words.coming.signing_in : words.sign_in}</button>
        <a href=${`#/register${next ? `?next=${encodeURIComponent(next)}` : ""}`}>${words.coming.make}</a></div>
    </form>`
}

/** @param {unknown} fault */
function faultOfSignIn(fault) {
  const type = fault instanceof Problem ? fault.type : ""
  if (type === "/problems/wrong-credentials") return words.coming.wrong
  if (type === "/problems/code-needed") return words.coming.wrong_code
  return faultWords(fault, words.coming.not_signed_in)
}
