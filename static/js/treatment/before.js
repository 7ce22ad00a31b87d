/** What is asked in the day before a session beside the person's own words and the ride home: each a way to where it is written. */
import { html } from "../base/ui.js"
import { words } from "./words.js"

const said = words.before

/** @param {{id: string}} props of the session */
export const Before = ({ id }) => html`
  <section class="part"><h2>${said.title}</h2>
    <ul class="rows">
      <li><a href="#/medicines">${said.medicines}</a></li>
      <li><a href=${`#/session/${id}/change`}>${said.pressure}</a></li>
      <li><a href="#/">${said.eaten}</a></li>
    </ul>
    <p class="soft small below">${said.kept}</p></section>`
