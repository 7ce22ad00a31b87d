/** The door to what draws: html templates, hooks, signals. Today does without, so that a first start stays small. */
import htm from "../../vendor/htm.js"
import { h, render } from "../../vendor/preact.js"

export { h, render }
export { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "../../vendor/preact-hooks.js"
// These also make a component that reads a signal draw itself again.
export { batch, computed, effect, signal, untracked, useComputed, useSignal } from "../../vendor/signals.js"
/** @template T @typedef {import("../../vendor/signals.js").Signal<T>} Signal */
/** @typedef {import("../../vendor/preact.js").VNode} VNode */

/**
 * Templates. What never changes in one is made anew each time (3): kept by htm, its first use would hold the page that it stood on,
 * with all that was read there, also after the lock closed.
 * @type {(strings: TemplateStringsArray, ...values: any[]) => any}
 */
export const html = htm.bind(/** @this {any} @param {[any, any, ...any]} of @returns {any} */ function (...of) {
  this[0] = 3
  return h(...of)
})
