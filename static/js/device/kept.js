/** What is kept, and where: in plain words, with how to erase it. */
import { account } from "../accounts/account.js"
import { html } from "../base/ui.js"
import { words } from "./words.js"

export default function Kept() {
  return html`
    <h1>${words.kept}</h1>
    <section class="part"><h2>${words.here}</h2><p>${words.here_about}</p></section>
    <section class="part"><h2>${words.server}</h2>${words.server_about.map((text) => html`<p class="said" key=${text}>${text}</p>`)}
      ${account.value && html`<p><a href="#/files">${words.to_files}</a></p>`}</section>
    <section class="part"><h2>${words.others}</h2><p>${words.others_about}</p></section>
    <section class="part"><h2>${words.erase}</h2>${words.erase_about.map((text) => html`<p class="said" key=${text}>${text}</p>`)}
      ${account.value && html`<p><a href="#/account">${words.to_account}</a></p>`}</section>`
}
