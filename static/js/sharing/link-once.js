/** The link of an invitation, shown once: in memory while this stands on the screen, and nowhere after. */
import { html, useEffect, useRef, useState } from "../base/ui.js"

/** @param {{link: string}} props */
export function LinkOnce({ link }) {
  const [told, setTold] = useState("")
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null))
  const title = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(() => title.current?.focus(), [])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      setTold("The link is copied.")
    } catch {
      box.current?.select()
      setTold("It could not be copied for you. The link is selected: copy it yourself.")
    }
  }
  const send = async () => {
    try {
      await navigator.share({ title: "Invitation", text: "An invitation to read my diary", url: link })
      setTold("The link was handed on.")
    } catch (wrong) {
      // Closing the system's sheet is no fault.
      if (/** @type {Error} */ (wrong).name !== "AbortError") setTold("It could not be handed on. Copy the link.")
    }
  }

  return html`
    <h1 tabindex="-1" ref=${title}>Your invitation</h1>
    <p class="part">This link is shown once. Whoever opens it first, signed in as a therapist, and accepts is the one who can read.</p>
    <div class="field">
      <textarea class="link-once" aria-label="The link" readonly rows="3" ref=${box} value=${link}
        onFocus=${(/** @type {any} */ event) => event.target.select()}></textarea>
    </div>
    <div class="actions">
      <button class="button" type="button" onClick=${copy}>Copy the link</button>
      ${"share" in navigator && html`<button class="plain" type="button" onClick=${send}>Send it</button>`}
      <a href="#/share">Done</a>
    </div>
    <p class="soft small" role="status">${told || "Nothing is shared until it is accepted. If the link goes astray, withdraw the invitation and make another."}</p>`
}
