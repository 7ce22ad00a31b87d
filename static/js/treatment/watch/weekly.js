/** The weekly question about little sleep with much energy: chosen on the page of the watch, asked in one line on Today. */
import { account, journal } from "../../accounts/account.js"
import { uuid7 } from "../../base/database.js"
import { element } from "../../base/dom.js"
import { go } from "../../base/router.js"
import { hereZone, localDay, now } from "../../base/time.js"
import { html, useEffect, useState } from "../../base/ui.js"
import { keepNote, noteOf } from "../../records/notes.js"
import { keepRow } from "../meetings/acts.js"
import { isWeeklyDue, WEEKLY, WEEKLY_NOTE } from "./rules.js"
import { words } from "./words.js"

/** @typedef {import("../../records/store.js").Row} Row */

/** Whether it is asked. */
export function Weekly() {
  const [isWanted, setWanted] = useState(/** @type {boolean | null} */ (null))
  useEffect(() => void journal().then((db) => noteOf(db, WEEKLY_NOTE)).then((note) => setWanted(Boolean(note?.is_wanted)), () => {}), [])
  if (isWanted === null) return null
  const turn = (/** @type {any} */ { target }) => {
    setWanted(target.checked)
    journal().then((db) => keepNote(db, { id: WEEKLY_NOTE, is_wanted: target.checked })).catch((fault) => console.info("The choice was not kept.", fault))
  }
  return html`
    <section class="part"><h2>${words.weekly.title}</h2><p class="soft small">${words.weekly.means}</p>
      <div class="choices"><label><input type="checkbox" checked=${isWanted} onChange=${turn} /><span>${words.weekly.ask}</span></label></div></section>`
}

/**
 * The line on Today, once a week has passed. A yes is followed by the card.
 * @param {any} db @param {any} note that it is wanted @param {Row[]} rows of the watch @param {string} today
 * @param {() => void} again shows Today's lines anew @returns {Element[]}
 */
export function weeklyLine(db, note, rows, today, again) {
  const startsAt = account.peek()?.day_starts_at
  const answered = rows.filter(({ record }) => typeof record.values[WEEKLY] === "boolean").map(({ record: { values } }) => localDay(values.occurred_at, values.zone, startsAt))
  if (!isWeeklyDue([...answered, note.not_on].filter(Boolean), today)) return []
  const button = (/** @type {string} */ said, /** @type {() => Promise<void>} */ act) => {
    const made = element("button", { class: "link small", type: "button" }, said)
    made.addEventListener("click", () => act().catch((fault) => console.info("It was not kept.", fault)))
    return made
  }
  const answer = async (/** @type {boolean} */ isSo) => {
    await keepRow("watch", uuid7(), { occurred_at: now(), zone: hereZone(), [WEEKLY]: isSo, audience: "me" })
    if (isSo) go("/medical")
    else again()
  }
  const ways = element("span", { class: "ways" }, button(words.weekly.yes, () => answer(true)), button(words.weekly.no, () => answer(false)),
    button(words.not_now, () => keepNote(db, { ...note, not_on: today }).then(again)))
  return [element("li", {}, element("span", { class: "soft small" }, words.weekly.question), ways)]
}
