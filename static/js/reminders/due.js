/** What is due now, for the Today page: there also when no notification ever came. */
import { call } from "../base/api.js"
import { html, useEffect, useState } from "../base/ui.js"
import { timeWords } from "../base/time.js"

/** One quiet line for each thing that is due; nothing when nothing is, or without a connection. */
export function Due() {
  const [items, setItems] = useState(/** @type {any[]} */ ([]))
  const ask = async () => {
    try {
      const answer = await call("GET", "/api/due")
      setItems(Array.isArray(answer) ? answer : (answer?.items ?? []))
    } catch {
      // Without an answer there is nothing to say; the page itself works as ever.
      setItems([])
    }
  }
  useEffect(() => {
    ask()
    const back = () => document.visibilityState === "visible" && ask()
    document.addEventListener("visibilitychange", back)
    return () => document.removeEventListener("visibilitychange", back)
  }, [])

  const away = async (/** @type {any} */ one) => {
    setItems(items.filter((item) => item !== one))
    try {
      await call("POST", `/api/deliveries/${one.id}/seen`, { opened_at: new Date().toISOString(), action: "not_now" })
    } catch {
      // It comes back with the next answer, which is right: the server has not heard of it.
    }
  }
  return items.map((one) => html`
    <p class="due" key=${one.id}>
      <span class="soft small">${one.wording || "Your reminder"}, ${timeWords(one.due_at)}</span>
      <button class="link small" type="button" onClick=${() => away(one)}>Not now</button>
    </p>`)
}
