/** The Share page: who can read, what exactly, until when, who looked; and the way to close it. */
import { call, Offline } from "../base/api.js"
import { itemsOf, useAnswer } from "../base/answer.js"
import { faultWords } from "../base/fault.js"
import { announce } from "../base/database.js"
import { html, useEffect, useState } from "../base/ui.js"
import { ConsentPart } from "./consent.js"
import { withdrawnWords } from "./consent-words.js"
import { LastKnown } from "./last-known.js"
import { Looks } from "./looks.js"
import { isOpen, readers, sorted } from "./rules.js"
import { words } from "./words.js"

export default function Share() {
  const { value, fault, again } = useAnswer("/api/consents")
  const [told, setTold] = useState("")
  const consents = sorted(itemsOf(value))
  const closed = consents.filter((consent) => !isOpen(consent))

  // An invitation may have been accepted while this page lay open somewhere behind.
  useEffect(() => {
    const look = () => void (document.visibilityState === "visible" && again())
    document.addEventListener("visibilitychange", look)
    return () => document.removeEventListener("visibilitychange", look)
  }, [])
  // The top line of every page says how many can read.
  useEffect(() => void (value && announce("shares")), [value])

  const withdraw = async (/** @type {import("./rules.js").Consent} */ consent) => {
    try {
      await call("DELETE", `/api/consents/${consent.id}`)
      setTold(withdrawnWords(consent))
    } catch (wrong) {
      setTold(faultWords(wrong, words.consent.still_open))
    }
    await again()
  }

  return html`
    <div class="columns">
      <div>
        <h1>${words.share}</h1>
        <p class="lead" role="status">${value ? headline(consents) : fault ? "" : words.looking_up}</p>
        ${fault && html`<p class="notice">${faultWords(fault, words.no_answer)}</p>`}
        ${fault instanceof Offline && !value && html`<${LastKnown} />`}
        ${told && html`<p class="notice" role="alert">${told}</p>`}
        ${consents.filter(isOpen).map((consent) => html`
          <${ConsentPart} key=${consent.id} consent=${consent} onWithdraw=${() => withdraw(consent)} onChanged=${again} />`)}
        ${value && html`
          <div class="actions"><a class="button" href="#/share/new">${words.invite}</a></div>
          <ul class="rows part"><li><a href="#/share/notes">${words.notes.title}</a></li>
            <li><a href="#/who-can-open-this">${words.all_that_opens}</a></li></ul>`}
        ${closed.length > 0 && html`
          <details class="fold part">
            <summary>${words.closed(closed.length)}</summary>
            ${closed.map((consent) => html`<${ConsentPart} key=${consent.id} consent=${consent} />`)}
          </details>`}
      </div>
      <aside>${value && html`<${Looks} key=${consents.map(({ id, status, views }) => [id, status, views]).join()} />`}</aside>
    </div>`
}

/** @param {import("./rules.js").Consent[]} consents */
function headline(consents) {
  const reading = readers(consents)
  const waiting = consents.filter((consent) => consent.status === "given").length
  return words.readers(reading) + (reading ? "" : words.nobody) + (waiting ? words.waiting(waiting) : "")
}
