/** What every page says, in Spanish. */
const on = (/** @type {string} */ part) => (/** @type {string} */ weekday) => `${weekday[0].toUpperCase()}${weekday.slice(1)} por la ${part}`

/** @type {typeof import("./words.en.js").default} */
export default {
  new_version: "Hay una versión nueva.",
  use_it_now: "Usarla ahora",
  part_of_day: { morning: on("mañana"), afternoon: on("tarde"), evening: on("noche"), night: on("noche") },
  unwatched: "Nadie lo vigila en tiempo real ni entre citas; no es un servicio de emergencias.",
  span: (from, to) => `del ${from} al ${to}`,
}
