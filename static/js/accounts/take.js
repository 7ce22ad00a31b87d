/** A file to take away, once it is clear who asks. */
import { Offline, Problem } from "../base/api.js"
import { faultWords } from "../base/fault.js"
import { html, useEffect, useId, useState } from "../base/ui.js"
import { account } from "./account.js"
import { Prove } from "./password.js"
import { words } from "./words.js"

/** Years of entries may come by a slow network. */
const DEADLINE_MS = 60_000
const said = words.take

/** @param {{path: string, file: string, label: string, isMain?: boolean}} props where it comes from, its name on the device, what the button says */
export function Take({ path, file, label, isMain = false }) {
  const id = useId()
  const [told, setTold] = useState("")
  const [busy, setBusy] = useState(false)
  const [asksProof, askProof] = useState(false)
  // Where the password was asked for, there is nothing left that the eye or the focus rests on.
  useEffect(() => void (told && told !== said.making && document.getElementById(`${id}-told`)?.focus()), [told])
  const take = async () => {
    askProof(false)
    setTold(said.making)
    setBusy(true)
    try {
      save(await fetched(path), file)
      setTold(said.taken)
    } catch (wrong) {
      const isAsked = wrong instanceof Problem && wrong.type === "/problems/step-up-needed"
      askProof(isAsked)
      setTold(isAsked ? "" : faultWords(wrong, said.not))
    }
    setBusy(false)
  }
  return html`
    ${asksProof
      ? html`<${Prove} lead=${said.prove} onProved=${take} onLeave=${() => askProof(false)} />`
      : html`<p class=${isMain ? "actions" : ""}><button class=${isMain ? "button" : "link"} type="button" disabled=${busy} onClick=${take}>${label}</button></p>`}
    <p id=${`${id}-told`} role="status" tabindex="-1">${told}</p>`
}

/** What the server makes. Throws `Problem` or `Offline`. @param {string} path */
async function fetched(path) {
  let answer, file
  try {
    answer = await fetch(path, {
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

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), DEADLINE_MS)
}
