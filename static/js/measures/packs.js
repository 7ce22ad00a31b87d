/** What an operator's licensed pack becomes on the phone: a questionnaire like those that are part of the product. Pure. */
import { INSTRUMENTS } from "./instruments.js"

/** @typedef {import("./instruments.js").Instrument} Instrument */

/** Whether this installation's words of one are here, for its person to fill in, and not part of the product anyway. @param {any} shown as the contract has it */
export const isPack = ({ id, available, entered_by }) => available && entered_by === "patient" && !INSTRUMENTS.some((one) => one.id === id)

/** @param {any} shown as the contract has it @returns {Instrument} */
export const instrumentOf = ({ id, version, title, attribution, recall_days, has_index_event, safety_item, card, stem, items, total, bands, change }) => ({
  id, version, title, attribution, recall_days, has_index_event, stem, bands, options: [], items: items.map(given), total: given(total),
  ...(safety_item ? { safety_item } : {}), ...(card ? { card } : {}), ...(change ? { change: given(change) } : {}),
})

/** Without what says nothing, as the data of the product leaves it out. @param {any} value @returns {any} */
function given(value) {
  if (Array.isArray(value)) return value.map(given)
  if (value === null || typeof value !== "object") return value
  const says = Object.entries(value).filter(([, one]) => one !== null && !(Array.isArray(one) && !one.length))
  return Object.fromEntries(says.map(([key, one]) => [key, given(one)]))
}
