/** What every page says, in English. */
const on = (/** @type {string} */ part) => (/** @type {string} */ weekday) => `${weekday} ${part}`

export default {
  new_version: "A new version is ready.",
  use_it_now: "Use it now",
  part_of_day: { morning: on("morning"), afternoon: on("afternoon"), evening: on("evening"), night: on("night") },
  unwatched: "Nobody watches it in real time or between meetings; it is no emergency service.",
  span: (/** @type {string} */ from, /** @type {string} */ to) => `${from} to ${to}`,
}
