/** What is said of exposure and of the watch, in Spanish. */
import { counted, listed } from "../../base/language.js"

const sessions = (/** @type {number} */ n) => `${n} ${counted(n, { one: "sesión", other: "sesiones" })}`

/** @type {typeof import("./words.en.js").default} */
export default {
  title: "Vejiga, memoria, ganas",
  lead: "Muchas sesiones pueden afectar a la vejiga, los riñones y la memoria. Para eso es mirarlo de vez en cuando.",
  exposure: "Sesiones hasta ahora",
  none: "Todavía no hay ninguna sesión anotada.",
  counted: (all, thirty, sixty) => `${sessions(all)} hasta ahora: ${thirty} en los últimos 30 días, ${sixty} en los últimos 60.`,
  given: (routes) => `Por vía: ${listed(routes.map(([said, n]) => `${said} (${n})`))}.`,
  unsaid: "vía sin decir",
  due: "Es momento de mirar.",
  every: (days) => `Cada ${days} días basta.`,
  on_today: "Es momento de mirar la vejiga y la memoria.",
  look: "Mirar",
  not_now: "Ahora no",
  form: "Una mirada",
  body: "Vejiga y riñones, en las dos últimas semanas",
  mind: "Memoria y pensamiento, en las dos últimas semanas",
  beside: "Fuera del plan",
  told: "Contarlo no se castiga. Se queda contigo salvo que elijas quién lo lee.",
  item: {
    urgency: "Tener que ir enseguida", frequency: "Ir más a menudo que antes", night_time: "Levantarse de noche para ir", pain: "Dolor al orinar",
    flank_pain: "Dolor en el costado o la zona lumbar", memory: "Olvidar cosas", finding_words: "Costar encontrar las palabras", concentration: "Costar concentrarse",
    blood: "Sangre en la orina", cannot_pass_urine: "No poder orinar", craving: "Ganas de consumirla, de 0 a 10", doses_outside_plan: "Dosis fuera del plan",
    little_sleep_much_energy: "Mucho menos sueño y mucha energía",
  },
  weekly: {
    title: "Sueño y energía",
    means: "Una pregunta por semana en Hoy, para quien conoce épocas de poco sueño y mucha energía.",
    ask: "Preguntarme una vez por semana",
    yes: "Sí",
    no: "No",
    question: "Esta semana: ¿mucho menos sueño que de costumbre y, aun así, mucha energía?",
  },
  strength: { none: "nada", mild: "leve", moderate: "moderado", severe: "fuerte" },
  yes: "sí",
  no: "no",
  not_said: "sin decir",
  reader: "Quién puede leerlo",
  audience: { me: "solo yo", therapist: "mi terapeuta", prescriber: "quien me receta", both: "terapeuta y quien me receta" },
  save: "Guardar",
  leave: "Dejarlo",
  before: "Miradas anteriores",
  nothing: "nada anotado",
  remove: "Quitar",
  not_kept: "No se guardó: no queda espacio en este dispositivo, o su almacenamiento no responde. Tus respuestas siguen aquí.",
  card: "Señales del cuerpo que necesitan a alguien ahora",
}
