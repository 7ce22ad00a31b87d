/** Lo que dice la página de los archivos, en español. @type {typeof import("./words.en.js").default} */
export default {
  title: "En papel, o en un archivo",
  lead: "Será un archivo en este dispositivo, sin sellar: quien lo abra puede leer lo que hay dentro.",
  summary: "Un resumen",
  period: "Qué días",
  periods: { 30: "Los últimos 30", 90: "Los últimos 90", all: "Todos" },
  whom: "Para quién",
  readers: { therapist: "Para dárselo a mi terapeuta", prescriber: "Para dárselo a quien receta", me: "Para mí" },
  holds: {
    addressed: "Todas las cifras de esos días. De las notas, preguntas, medicamentos y el seguimiento, lo que le dirigiste; lo que es para ti queda fuera, igual que tu plan de seguridad y los avisos.",
    all: "Todo lo de esos días, con las notas que son para ti, tu plan de seguridad y los avisos. Piensa en quién podría encontrarlo.",
  },
  pdf: "Hacer el papel (PDF)",
  fhir: "Lo mismo para otro programa (FHIR)",
  check_ins: "Tus entradas",
  table_about: "Cada entrada con cada respuesta y cada nota, también las que son para ti.",
  csv: "Llevarte tus entradas en una tabla (CSV)",
  file: { pdf: "resumen.pdf", fhir: "resumen.fhir.json", csv: "entradas.csv" },
}
