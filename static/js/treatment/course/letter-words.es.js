/** What a course's letter says, in Spanish. */
import { counted } from "../../base/language.js"

const sessions = (/** @type {number} */ n) => `${n} ${counted(n, { one: "sesión", other: "sesiones" })}`

/** @type {typeof import("./letter-words.en.js").default} */
export default {
  title: "Un tratamiento",
  what_it_is: (day) => `Contado el ${day} a partir de un diario que llevó una persona. Dice lo que se escribió en él, y nada sobre el porqué. No es un informe de una clínica.`,
  none: "Hay una carta cuando el tratamiento tiene su último día.",
  to_course: "El tratamiento",
  treatment: "Lo que se anotó",
  no_session: "No hay ninguna sesión anotada en estos días.",
  sessions: (n, days) => `${sessions(n)}: ${days}.`,
  given: (ways) => `Por estas vías: ${ways}.`,
  reason: "En sus propias palabras, por qué llegó a su último día:",
  not_now: { night: "Las cifras se muestran de día.", fresh: "Las cifras se muestran un poco más tarde, no justo después de escribir." },
  written: "Lo que se escribió",
  days: (written, of) => `En ${written} de ${of} ${counted(of, { one: "día", other: "días" })} se escribió algo.`,
  start: {
    measured: (mood, days) => `Ánimo antes de la primera sesión, de 0 a 10: ${mood}, el valor central de ${days} días.`,
    recalled: (mood) => `Ánimo antes de la primera sesión, de 0 a 10: ${mood}, según se recordó después.`,
    none: () => "Antes de la primera sesión se escribió demasiado poco para decir dónde empezó, así que los días claramente más altos no se cuentan.",
  },
  better_means: "Se cuentan los días con un ánimo al menos 2 puntos por encima de ese, de los días con ánimo anotado, en cada semana después de una serie de sesiones.",
  after: (day, weeks) => `Después del ${day}: ${weeks}.`,
  week: (week, better, of) => `semana ${week}, ${better} de ${of}`,
  few: (week) => `semana ${week}, muy pocos días para decirlo`,
  no_room: (week) => `semana ${week}, sin margen por encima para contar`,
  forms: "Cuestionarios",
  forms_mean: "El último antes de la primera sesión, y el más reciente que no abarca ninguna.",
  moved: (title, from, fromOn, to, toOn, reading) => `${title}: ${from} el ${fromOn}, ${to} el ${toOn}${reading && `; ${reading}`}.`,
  left_out: "En esta carta no hay ninguna nota, ningún medicamento ni nada dicho en confianza. A quién se da lo elige quien llevó el diario.",
  print: "Imprimir esta página",
  letter: "Una carta de una página sobre él",
  letter_for: "para guardarla, imprimirla o entregarla",
}
