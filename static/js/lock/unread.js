/** One line, said until it has been read: what lay here could not be opened any more, and what that means. */
import { account, journal } from "../accounts/account.js"
import { element, part } from "../base/dom.js"
import { words } from "./words.js"

/** @param {{unsent: number}} unread */
export function tellUnread({ unsent }) {
  part("gone")?.remove()
  const said = words.unread
  const button = element("button", { type: "button", class: "link" }, said.read)
  const fetched = account.peek() ? ` ${said.again}` : ""
  const line = element("p", { id: "gone" }, `${said.gone}${fetched}${unsent ? ` ${said.lost(unsent)}` : ""} `, button)
  button.addEventListener("click", async () => {
    line.remove()
    if (!part("news").textContent) part("news").hidden = true
    await (await journal()).delete("meta", "unread")
  })
  part("news").append(line)
  part("news").hidden = false
}
