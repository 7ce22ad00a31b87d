/** The fold "Sleep, side effects, how it felt": its answers live here, its questions come when it is opened. */
import { part } from "../base/dom.js"
import { signal } from "../base/signals.js"

/** @type {import("../base/signals.js").Signal<import("./rules.js").Extras>} */
export const extras = signal({})

/** @param {() => void} touched called after each answer */
export function startMore(touched) {
  part("more").addEventListener("toggle", async () => {
    if (!part("more").open) return
    const { showMore } = await import("./more.js")
    const change = (/** @type {import("./rules.js").Extras} */ next) => {
      extras.value = next
      touched()
    }
    showMore(part("more").querySelector("div"), change)
  })
}

/** Folds it away again for the next entry. */
export function closeMore() {
  part("more").open = false
  part("when").open = false
}
