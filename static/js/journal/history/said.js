/** Somebody's own words as they were typed, with what a search found marked. */
import { html } from "../../base/ui.js"
import { marked } from "./rules.js"

/** @param {{text: string, terms?: string[], [more: string]: any}} props */
export function Words({ text, terms = [], ...more }) {
  // `auto`: a text that runs from the right does so here alone.
  return html`<p class="said" dir="auto" ...${more}>${terms.length ? marked(text, terms).map((piece) => (piece.isFound ? html`<mark>${piece.text}</mark>` : piece.text)) : text}</p>`
}
