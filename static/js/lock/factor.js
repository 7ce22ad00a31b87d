/** What opens the lock, as a form asks for it: a PIN that is typed, or a passkey; and what is said when it does not open. */
import { html, useEffect, useState } from "../base/ui.js"
import { Field } from "../base/fault.js"
import { durationWords } from "../base/time-words.js"
import { NoSecret } from "./passkey.js"
import { lockKind, WrongPin } from "./protect.js"
import { serverTime, waitNow } from "./wait.js"
import { words } from "./words.js"

const SECOND_MS = 1_000
/** A machine that sleeps counts nothing meanwhile; the server does. */
const SERVER_ASKED_S = 10

/** @typedef {import("./protect.js").Factor} Factor */

/**
 * Tries with what is locked by now: `kind` (null until it is known), what is said, whether a try is on its way, and how long the
 * next one waits. `attempt` takes the submit event of a form whose field `pin` is the PIN, and answers whether it went well.
 */
export function useTry() {
  const [kind, setKind] = useState(/** @type {"device" | "pin" | "passkey" | null} */ (null))
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState("")
  const [waitS, setWait] = useState(0)
  const isWaiting = waitS > 0
  const count = (/** @type {number | null} */ server = null) => waitNow(server).then(setWait)
  useEffect(() => {
    lockKind().then(setKind)
    count()
  }, [])
  useEffect(() => {
    if (!isWaiting) return
    let second = 0
    const tick = async () => count(second++ % SERVER_ASKED_S ? null : await serverTime())
    tick()
    const ticks = setInterval(tick, SECOND_MS)
    return () => clearInterval(ticks)
  }, [isWaiting])

  /** @param {any} event @param {(factor: Factor) => Promise<void>} act */
  const attempt = async (event, act) => {
    event.preventDefault()
    if (isBusy) return false
    const form = event.target
    const pin = String(new FormData(form).get("pin") ?? "")
    setBusy(true)
    setFault("")
    try {
      await act(kind === "pin" ? { pin } : kind === "passkey" ? { passkey: true } : null)
      lockKind().then(setKind)
      return true
    } catch (wrong) {
      setFault(wordsOf(wrong))
      const field = form.querySelector("input")
      if (field && wrong instanceof WrongPin) {
        field.value = ""
        field.focus()
      }
      return false
    } finally {
      await count()
      setBusy(false)
    }
  }
  return { kind, isBusy, waitS, attempt, setFault, fault: waitS ? words.wait(durationWords(waitS)) : fault }
}

/** @param {any} fault */
function wordsOf(fault) {
  if (fault instanceof WrongPin) return words.wrong
  if (fault instanceof NoSecret) return words.no_secret
  // The person closed the system's question, or it waited too long.
  if (fault?.name === "NotAllowedError") return words.not_shown
  console.info(fault)
  return words.not_done
}

/** Digits that nobody near can read. @param {{name: string, label: string, hint?: string, fault?: string, [more: string]: any}} props */
export const PinField = (props) =>
  html`<${Field} type="password" inputmode="numeric" autocomplete="off" maxlength="32" required isSaidAtOnce ...${props} />`
