/** One's check-ins as a file to take away, once it is clear who asks. */
import { account } from "../accounts/account.js"
import { Prove } from "../accounts/password.js"
import { Offline, Problem } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { html, useEffect, useState } from "../base/ui.js"
import { words } from "./words.js"

/** Years of entries may come by a slow network. */
const DEADLINE_MS = 60_000

export function Table() {
  const [told, setTold] = useState("")
  const [busy, setBusy] = useState(false)
  const [asksProof, askProof] = useState(false)
  // Where the password was asked for, there is nothing left that the eye or the focus rests on.
  useEffect(() => void (told && document.getElementById("table-told")?.focus()), [told])
  const take = async () => {
    askProof(false)
    setTold("")
    setBusy(true)
    try {
      save(await table())
      setTold(words.taken)
    } catch (wrong) {
      const isAsked = wrong instanceof Problem && wrong.type === "/problems/step-up-needed"
      askProof(isAsked)
      setTold(isAsked ? "" : faultWords(wrong, words.not_taken))
    }
    setBusy(false)
  }
  return html`
    ${asksProof
      ? html`<${Prove} onProved=${take} onLeave=${() => askProof(false)} />`
      : html`<p><button class="link" type="button" disabled=${busy} onClick=${take}>${words.take}</button></p>`}
    <p class="soft small">${words.take_about}</p>
    <p id="table-told" role="status" tabindex="-1">${told}</p>`
}

/** The server's table. Throws `Problem` or `Offline`. */
async function table() {
  let answer, file
  try {
    answer = await fetch("/api/check-ins.csv", {
      cache: "no-store",
      redirect: "error",
      headers: { "Interlude-Account": account.value?.id ?? "" },
      signal: AbortSignal.timeout(DEADLINE_MS),
    })
    file = await answer.blob()
  } catch (cause) {
    throw new Offline("offline", { cause })
  }
  if (answer.ok) return file
  throw new Problem(answer.status, await file.text().then(JSON.parse).catch(() => null), null)
}

/** @param {Blob} file */
function save(file) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = words.file
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), DEADLINE_MS)
}
