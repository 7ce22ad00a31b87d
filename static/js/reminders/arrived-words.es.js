/** What a notification says, in Spanish. */

/** @type {typeof import("./arrived-words.en.js").default} */
export default {
  neutral: "Un momento para tu diario",
  last: "No habrá más recordatorios hasta que vuelvas a abrirlo",
  write: "Escribir",
  not_now: "Ahora no",
}
