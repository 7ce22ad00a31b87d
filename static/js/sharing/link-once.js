/** The link of an invitation, shown once: in memory while this stands on the screen, and nowhere after. */
import { html, useEffect, useRef, useState } from "../base/ui.js"
import { words } from "./words.js"

const said = words.link

/** @param {{link: string}} props */
export function LinkOnce({ link }) {
  const [told, setTold] = useState("")
  const box = useRef(/** @type {HTMLTextAreaElement | null} */ (null))
  const title = useRef(/** @type {HTMLElement | null} */ (null))
  useEffect(() => title.current?.focus(), [])

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      setTold(said.copied)
    } catch {
      box.current?.select()
      setTold(said.not_copied)
    }
  }
  const send = async () => {
    try {
      await navigator.share({ title: said.subject, text: said.text, url: link })
      setTold(said.sent)
    } catch (wrong) {
      // Closing the system's sheet is no fault.
      if (/** @type {Error} */ (wrong).name !== "AbortError") setTold(said.not_sent)
    }
  }

  return html`
    <h1 tabindex="-1" ref=${title}>${said.title}</h1>
    <p class="part">${said.lead}</p>
    <div class="field">
      <textarea autocomplete="off" class="link-once" aria-label=${said.label} readonly rows="3" ref=${box} value=${link}
        onFocus=${(/** @type {any} */ event) => event.target.select()}></textarea>
    </div>
    <div class="actions">
      <button class="button" type="button" onClick=${copy}>${said.copy}</button>
      ${"share" in navigator && html`<button class="plain" type="button" onClick=${send}>${said.send}</button>`}
      <a href="#/share">${said.done}</a>
    </div>
    <p class="soft small" role="status">${told || said.astray}</p>`
}
