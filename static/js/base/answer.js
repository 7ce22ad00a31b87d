/** What a page reads from the server and shows: the answer, or why there is none. */
import { call, Offline } from "./api.js"
import { useEffect, useRef, useState } from "./ui.js"

/** The list in an answer; empty while there is none. @param {any} value @returns {any[]} */
export const itemsOf = (value) => (Array.isArray(value) ? value : (value?.items ?? []))

/**
 * Asks for `path` when the page opens and whenever it changes. While the next answer is on its way, and when there is no
 * connection, the last one stays; a refusal takes it off the screen.
 * @param {string} path
 * @returns {{value: any, fault: any, again: () => Promise<void>}}
 */
export function useAnswer(path) {
  const [state, setState] = useState({ value: /** @type {any} */ (null), fault: /** @type {any} */ (null) })
  const turn = useRef(0)
  const again = async () => {
    const mine = ++turn.current
    try {
      const value = await call("GET", path)
      if (mine === turn.current) setState({ value, fault: null })
    } catch (fault) {
      if (mine !== turn.current) return
      setState((last) => ({ value: fault instanceof Offline ? last.value : null, fault }))
    }
  }
  useEffect(() => {
    again()
    return () => {
      turn.current += 1
    }
  }, [path])
  return { ...state, again }
}
