/** What stands at every point of entry: that nobody watches it. */
import { html } from "./ui.js"
import { words } from "./words.js"

export const Unwatched = () => html`<p class="soft small part">${words.unwatched}</p>`
