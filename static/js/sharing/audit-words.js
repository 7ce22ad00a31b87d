/** Audit events in words. Pure. */

/** Acts that have to do with somebody else reading, and what they say. @type {Record<string, (who: string) => string>} */
const WORDS = {
  summary_viewed: (who) => `${who} looked at the summary`,
  check_ins_viewed: (who) => `${who} looked at the check-ins`,
  consent_given: () => "You made an invitation",
  consent_accepted: (who) => `${who} accepted your invitation`,
  consent_narrowed: () => "You narrowed a share",
  consent_withdrawn: (who) => (who === "You" ? "You withdrew a share" : `${who} gave a share back`),
  consent_left: (who) => `${who} gave the share back`,
}

/** @param {{act: string}} event */
export const isAboutSharing = (event) => event.act in WORDS

/** @param {{act: string, actor: string}} event */
export const eventInWords = (event) => WORDS[event.act](event.actor === "me" ? "You" : event.actor || "Somebody")
