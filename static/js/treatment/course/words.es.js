/** What is said of a course of treatment, in Spanish. */
import { counted } from "../../base/language.js"

const sessions = (/** @type {number} */ n) => `${n} ${counted(n, { one: "sesión", other: "sesiones" })}`

/** @type {typeof import("./words.en.js").default} */
export default {
  title: "El tratamiento",
  lead: "Qué se trata, y desde cuándo. Las sesiones desde su primer día le pertenecen.",
  treated: "Qué se trata",
  treated_for: {
    depression: "depresión", ptsd: "lo que siguió a algo terrible (TEPT)", generalised_anxiety: "preocupación que no para", social_anxiety: "miedo a la gente",
    panic: "pánico", pain: "dolor", other: "otra cosa",
  },
  started: "Primer día",
  begin: "Empezar otro tratamiento",
  save: "Guardar",
  change: "Cambiarlo",
  leave: "Dejarlo",
  since: (day) => `Desde el ${day}.`,
  span: (from, to) => `Del ${from} al ${to}.`,
  of: (what) => `Se trata: ${what}.`,
  given: (n, isOver) => (n ? `${sessions(n)}${isOver ? "" : " hasta ahora"}.` : isOver ? "No tiene ninguna sesión anotada." : "Todavía no ha tenido lugar ninguna sesión."),
  induction: (k, n) => (k === n ? `La primera serie: ${sessions(k)}.` : `La primera serie: ${k} de ${sessions(n)} anotadas para ella.`),
  maintenance: (n) => `Después: ${sessions(n)}.`,
  recalled: "En las semanas antes de la primera sesión, ¿cómo era tu ánimo, más o menos?",
  recalled_why: "Entonces se escribió muy poco para saberlo. Se pregunta una vez, y dice dónde empezaste.",
  ends: ["muy bajo", "muy bueno"],
  cannot_say: "No sabría decir",
  recalled_as: (n) => `Donde empezaste, según lo recordaste: un ánimo de ${n}.`,
  end: "Cerrar este tratamiento",
  ending: "Con un toque el tratamiento tiene hoy como último día, y los recordatorios paran. Lo que escribiste se queda, y puedes seguir escribiendo como quieras.",
  reason: "Por qué, si quieres guardarlo. Puede quedar vacío.",
  end_now: "Cerrarlo, y parar los recordatorios",
  ended: "Después de un tratamiento",
  after: "Todo se queda como está, aquí y con quien lo compartes, hasta que lo cambies.",
  keep: "Guardarlo: nada que hacer",
  monthly: "Un cuestionario de vez en cuando",
  erase: "Borrarlo todo, en la página de tu cuenta",
  signs: "Mis primeras señales se quedan en el plan de seguridad",
  reopen: "Al final continúa",
  reminders_off: "Los recordatorios están parados.",
  reminders_stay: "El tratamiento está cerrado. No se pudo llegar a los recordatorios: páralos en su página.",
  to_reminders: "Recordatorios",
  earlier: "Tratamientos anteriores",
  not_kept: "No se guardó: no queda espacio en este dispositivo, o su almacenamiento no responde.",
}
