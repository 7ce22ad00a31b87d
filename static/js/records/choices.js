/** Small choices of a person that stay on this device. They lie among the drafts, and as safe as these. */
import { CHOICE, draftOf, keepDraft } from "./drafts.js"

/** @param {any} db @param {string} name @param {any} value @param {string} at */
export const choose = (db, name, value, at) =>
  keepDraft(db, { id: `${CHOICE} ${name}`, kind: CHOICE, isNew: false, fields: { value }, touched_at: at })

/** What was chosen, or undefined. @param {any} db @param {string} name @returns {Promise<any>} */
export const chosen = async (db, name) => (await draftOf(db, `${CHOICE} ${name}`))?.fields.value
