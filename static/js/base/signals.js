/** Values that tell who reads them when they change. What draws with preact imports `ui.js`, which knows the same ones. */
export { batch, computed, effect, signal, untracked } from "../../vendor/signals-core.js"
/** @template T @typedef {import("../../vendor/signals-core.js").Signal<T>} Signal */
