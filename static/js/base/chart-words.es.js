/** What a chart says, in Spanish. */
const each = { day: "cada día", week: "cada semana", month: "cada cuatro semanas" }

/** @type {typeof import("./chart-words.en.js").default} */
export default {
  line: { mood: "ánimo", anxiety: "ansiedad", dissociation: "lejanía" },
  name: { mood: "ánimo", anxiety: "ansiedad", dissociation: "lejanía" },
  session: "sesión",
  table: "Lo mismo en una tabla",
  column: { day: "Día", week: "Semana desde el", month: "Cuatro semanas desde el" },
  remembered_later: {
    day: "En este día hay algo recordado más tarde: escrito más de 6 horas después de sentirlo.",
    week: "En esta semana hay algo recordado más tarde: escrito más de 6 horas después de sentirlo.",
    month: "En estas cuatro semanas hay algo recordado más tarde: escrito más de 6 horas después de sentirlo.",
  },
  nothing: (span) => `No hay nada escrito: ${span}.`,
  unanswered: (span) => `No se respondió ninguna escala: ${span}.`,
  left_out: "Lo escrito cae en las 24 horas después de una sesión. Las líneas dejan fuera esas horas.",
  caption: (step, names, span, hasSessions) =>
    `Media de ${each[step]} de ${names}, de 0 a 10, ${span}; ${step === "day" ? "los días" : "los periodos"} sin entradas quedan abiertos${
      hasSessions ? ", y // marca una sesión, cuyas primeras 24 horas no cuentan" : ""}.`,
  told: ({ name, first, firstOn, last, lastOn, lowest, highest }) =>
    `${name[0].toUpperCase()}${name.slice(1)}: ${first} el ${firstOn}, ${last} el ${lastOn}, entre ${lowest} y ${highest}.`,
  told_once: ({ name, first, firstOn }) => `${name[0].toUpperCase()}${name.slice(1)}: ${first} el ${firstOn}.`,
  mark: { meeting: "cita", first_day: "primer día de un medicamento", last_day: "último día de uno" },
  named: { first_day: (name) => `${name}, primer día`, last_day: (name) => `${name}, último día` },
  marks: (told) => `Al lado: ${told}.`,
  sessions: (days) => `Sesiones: ${days}.`,
}
