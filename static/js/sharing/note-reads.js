/** Whether a note was read: what the audit says of looks, against what a consent opened. Pure. */

/** @typedef {{audience: string, day: string, sent_at: string, id: string}} Note */
/** @typedef {{at: string, act: string, actor: string, details?: any}} Look */

/**
 * Who looked at a period with the note in it while a consent opened it to them, oldest first; each reader once.
 * @param {Note} note `sent_at`: when the server had it @param {import("./rules.js").Consent[]} consents @param {Look[]} events of the audit
 * @returns {{who: string, at: string}[]}
 */
export function readsOf(note, consents, events) {
  const openedAlone = new Set(events.filter(({ act, details }) => act === "note_opened" && details?.record_id === note.id).map(({ details }) => details.consent_id))
  const opening = new Map(consents.filter((one) => opens(one, note, openedAlone.has(one.id))).map((one) => [one.id, one]))
  /** @type {Map<string, string>} */
  const found = new Map()
  for (const { at, act, actor, details } of events.toSorted((a, b) => (a.at < b.at ? -1 : 1))) {
    if (act !== "summary_viewed" || at < note.sent_at || !opening.has(details?.consent_id)) continue
    if (note.day < details.from || note.day > details.to || found.has(actor)) continue
    found.set(actor, at)
  }
  return [...found].map(([who, at]) => ({ who, at }))
}

/** @param {import("./rules.js").Consent} consent @param {Note} note @param {boolean} isOpenedAlone an older note, opened by itself */
function opens({ scopes, as, from, to, notes_from }, { audience, day }, isOpenedAlone) {
  if (!scopes.includes("notes") || (audience !== as && audience !== "both")) return false
  if ((from && day < from) || (to && day > to)) return false
  return isOpenedAlone || !notes_from || day >= notes_from
}
