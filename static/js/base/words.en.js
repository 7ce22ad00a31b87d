/** What every page says, in English. */
const on = (/** @type {string} */ part) => (/** @type {string} */ weekday) => `${weekday} ${part}`

export default {
  part_of_day: { morning: on("morning"), afternoon: on("afternoon"), evening: on("evening"), night: on("night") },
  span: (/** @type {string} */ from, /** @type {string} */ to) => `${from} to ${to}`,
}
