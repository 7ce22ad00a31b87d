/** What Trends says, in Spanish. */
import { counted } from "../base/language.js"

const NUMBERS = ["", "Un", "Dos", "Tres", "Cuatro", "Cinco", "Seis", "Siete", "Ocho", "Nueve", "Diez", "Once", "Doce"]
const NAMED = /** @type {Record<number, string>} */ ({ 30: "Treinta", 90: "Noventa" })
const UNITS = { day: { one: "día", other: "días" }, week: { one: "semana", other: "semanas" }, month: { one: "mes", other: "meses" }, year: { one: "año", other: "años" } }

/** @type {typeof import("./words.en.js").default} */
export default {
  trends: "Evolución",
  length: (unit, count) => `${unit === "week" && count === 1 ? "Una" : NUMBERS[count] || NAMED[count] || count} ${counted(count, UNITS[unit])}`,
  written: (span, written, of) => `${span} · ${written} de ${of} ${counted(of, UNITS.day)}`,
  period: "Periodo",
  periods: { 7: "7 días", 30: "30 días", 90: "90 días", all: "Todo" },
  nothing: "Todavía no hay nada escrito. Después de unos días, aquí habrá líneas.",
  add_session: "Añadir una sesión",
  own_scales: "Las tres escalas son preguntas propias de esta aplicación, no una medida validada.",
  medicines: "Medicamentos",
  files: "En papel, o en un archivo",
  sessions: "Tus sesiones",
  earlier_sessions: (count) => `Anteriores: ${count}`,
  status: { planned: "planeada", stopped_early: "detenida antes", cancelled: "cancelada" },
  after: "Después de cada sesión",
  not_now: { night: "Lo que siguió a cada sesión se muestra de día.", fresh: "Lo que siguió a cada sesión se muestra un poco más tarde, no justo después de escribir." },
  reading: "Leyendo lo que hay aquí",
  scale: "Escala",
  since: (name, count) =>
    `${name[0].toUpperCase()}${name.slice(1)}, entrada por entrada, según los días desde ${count === 1 ? "la sesión" : "cada sesión"}, de 0 a 10, hasta cuatro semanas o la siguiente sesión; también las primeras horas y lo recordado más tarde. Dos días sin entradas quedan abiertos.`,
  newest: (count) => `Se dibujan las ${count} sesiones más recientes.`,
  none_since: "Todavía no hay nada escrito en las semanas después de una sesión.",
  began: "La línea recta de rayas y puntos es el ánimo antes de la primera sesión.",
  session: "sesión",
  week: (week) => `Semana ${week}`,
  of: (better, of) => `${better} de ${of}`,
  heading: (day) => `Después de la sesión del ${day}`,
  told: (week, better, of, isFirst) =>
    `Semana ${week}: ${better} de ${of}${isFirst ? ` ${counted(of, UNITS.day)} con un ánimo claramente mejor que donde empezaste` : ""}.`,
  none_better: "Según esta cuenta, ningún día fue claramente mejor. Es así para muchas personas y no dice nada de ti. Los cambios más pequeños no se ven en ella; están en las líneas de arriba. Vale la pena contárselo a quien te trata.",
  few: (week, of) => `Semana ${week}: ${of === 0 ? "nada escrito" : `${of} ${counted(of, { one: "día escrito", other: "días escritos" })}, muy poco para decir algo`}.`,
  no_start: "Antes de la primera sesión hay muy poco escrito para comparar.",
  no_room: "Empezaste tan alto que no se podrían distinguir días mejores.",
  says_nothing: (start) => `Claramente mejor es un ánimo al menos 2 por encima de ${start}, el valor central de los días antes de la primera sesión. No dice nada del porqué.`,
  earlier: "Sesiones anteriores",
  since_column: "Tiempo desde",
  hours: (hours, count) => `${hours} ${counted(count, { one: "hora", other: "horas" })}`,
  days: (days) => `${days} días`,
  told_since: ({ day, n, first, after, last, until, lowest, highest }) =>
    n === 1 ? `Sesión del ${day}: ${first} ${after} después.` : `Sesión del ${day}, ${n} entradas: ${first} ${after} después, ${last} ${until} después, entre ${lowest} y ${highest}.`,
  after_column: "Sesión",
  too_few: "muy poco",
}
