/** Audit events in words. Pure. */
import { counted } from "./rules.js"

/** Acts that have to do with somebody else reading, and what they say. @type {Record<string, (who: string, details: any) => string>} */
const WORDS = {
  summary_viewed: (who) => `${who} looked at the summary`,
  list_viewed: (who) => `${who} opened their list, which shows the day you last wrote`,
  consent_given: (_who, { as }) => `You made an invitation${as ? ` for your ${as}` : ""}`,
  consent_accepted: (who) => `${who} accepted your invitation`,
  consent_narrowed: () => "You narrowed a share",
  consent_withdrawn: () => "You withdrew a share",
  consent_left: (who) => `${who} gave the share back`,
  note_opened: () => "You opened an older note",
}

/**
 * What happened, newest first; the same act several times on a day becomes one line that says how often.
 * @param {{at: string, act: string, actor: string, details?: any}[]} events newest first @param {(instant: string) => string} dayOf
 * @returns {{at: string, words: string}[]}
 */
export function happened(events, dayOf) {
  /** @type {Map<string, {at: string, words: string, times: number}>} */
  const lines = new Map()
  for (const { at, act, actor, details } of events) {
    if (!(act in WORDS)) continue
    const words = WORDS[act](actor === "me" ? "You" : actor || "Somebody", details ?? {})
    const key = `${dayOf(at)} ${words}`
    const line = lines.get(key)
    if (line) line.times += 1
    else lines.set(key, { at, words, times: 1 })
  }
  return [...lines.values()].map(({ at, words, times }) => ({ at, words: times > 1 ? `${words}, ${counted(times, "time")}` : words }))
}
