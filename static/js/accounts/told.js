/** One line above a page, said once: what became of an account. */
import { element, part } from "../base/dom.js"
import { heard } from "../base/database.js"
import { route } from "../base/router.js"
import { effect } from "../../vendor/signals-core.js"
import { account } from "./account.js"

/** Says `words` above the page at `path`, until another page is opened or a guest writes something. @param {string} words @param {string} path */
export function tell(words, path) {
  const line = element("span", {}, words)
  const news = part("news")
  const end = () => {
    line.remove()
    if (!news.textContent) news.hidden = true
    queueMicrotask(stop)
    unhear()
  }
  const unhear = heard((what) => what === "records" && !account.peek() && end())
  const stop = effect(() => {
    const isHere = route.value.path === path
    if (line.isConnected && !isHere) end()
    else if (isHere) {
      news.hidden = false
      news.prepend(line)
    }
  })
}
