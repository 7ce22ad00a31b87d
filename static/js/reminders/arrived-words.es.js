/** What a notification says, in Spanish. */

/** @type {typeof import("./arrived-words.en.js").default} */
export default {
  neutral: "Un momento para tu diario",
  write: "Escribir",
  not_now: "Ahora no",
}
