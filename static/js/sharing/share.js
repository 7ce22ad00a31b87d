/** The Share page: who can read, what exactly, until when, who looked; and the way to close it. */
import { call } from "../base/api.js"
import { useAnswer } from "../base/answer.js"
import { announce } from "../base/news.js"
import { html, useEffect, useState } from "../base/ui.js"
import { ConsentPart } from "./consent.js"
import { itemsOf, shareFault } from "./fault.js"
import { Looks } from "./looks.js"
import { isOpen, readers, sorted } from "./rules.js"

export default function Share() {
  const { value, fault, again } = useAnswer("/api/consents")
  const [trouble, setTrouble] = useState("")
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

  const withdraw = async (/** @type {string} */ id) => {
    try {
      await call("DELETE", `/api/consents/${id}`)
      setTrouble("")
    } catch (wrong) {
      setTrouble(shareFault(wrong, "It was not withdrawn"))
    }
    await again()
  }

  return html`
    <div class="columns">
      <div>
        <h1>Share</h1>
        <p class="lead" role="status">${value ? headline(consents) : fault ? "" : "Looking up who can read."}</p>
        ${fault && html`<p class="notice">${shareFault(fault, "Who can read could not be looked up")}</p>`}
        ${trouble && html`<p class="notice" role="alert">${trouble}</p>`}
        ${consents.filter(isOpen).map((consent) => html`
          <${ConsentPart} key=${consent.id} consent=${consent} onWithdraw=${() => withdraw(consent.id)} />`)}
        ${value && html`<div class="actions"><a class="button" href="#/share/new">Invite somebody</a></div>`}
        ${closed.length > 0 && html`
          <details class="fold part">
            <summary>Closed: ${closed.length}</summary>
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
  const tail = waiting ? ` Invitations not used yet: ${waiting}.` : ""
  return `Shared with: ${reading}.${reading ? "" : " Nobody else can read this diary."}${tail}`
}
