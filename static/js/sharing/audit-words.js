/** Audit events in words. Pure. */
import { words } from "./words.js"

/**
 * What happened, newest first; the same act several times on a day becomes one line that says how often.
 * @param {{at: string, act: string, actor: string, details?: any}[]} events newest first @param {(instant: string) => string} dayOf
 * @returns {{at: string, words: string}[]}
 */
export function happened(events, dayOf) {
  /** @type {Map<string, {at: string, what: string, times: number}>} */
  const lines = new Map()
  for (const { at, act, actor, details } of events) {
    // Acts that have to do with somebody else reading, or with a file that they might; the others are told elsewhere.
    if (!Object.hasOwn(words.looks.act, act)) continue
    const what = words.looks.act[act](actor === "me" ? words.looks.you : actor || words.looks.somebody, details ?? {})
    const key = `${dayOf(at)} ${what}`
    const line = lines.get(key)
    if (line) line.times += 1
    else lines.set(key, { at, what, times: 1 })
  }
  return [...lines.values()].map(({ at, what, times }) => ({ at, words: times > 1 ? words.looks.times(what, times) : what }))
}
