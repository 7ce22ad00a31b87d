/** What Today says, in Spanish. */
import { counted } from "../base/language.js"

/** @type {typeof import("./words.en.js").default} */
export default {
  scale: { mood: "ánimo", anxiety: "ansiedad", dissociation: "lejanía" },
  no_answers: "un momento anotado, sin respuestas",
  a_note: "una nota",
  changing: "estás cambiando esta entrada, tal como se sintió entonces",
  since_session: ["día de tu sesión", "el día después de tu sesión", "segundo día después de tu sesión", "tercer día después de tu sesión",
    "cuarto día después de tu sesión", "quinto día después de tu sesión", "sexto día después de tu sesión", "séptimo día después de tu sesión"],
  now: "ahora",
  point: {
    "t+2h": "Unas dos horas después de tu sesión: las tres escalas, si puedes.",
    "t+4h": "Unas horas después de tu sesión: las escalas, y los efectos secundarios si los hay.",
    "t+24h": "Un día después de tu sesión: las escalas, los efectos secundarios si los hay, y lo que quieras conservar.",
    "t+72h": "Tres días después de tu sesión: las escalas, y una línea sobre lo que te llevas a la semana.",
    "t+7d": "Una semana después de tu sesión: las escalas, y cómo se compara la vida.",
  },
  tonight: "Esta noche, después de tu sesión",
  planned: (when) => `Hay una sesión planeada para el ${when}.`,
  planned_passed: (when) => `Había una sesión planeada para el ${when}. ¿Qué pasó con ella?`,
  brief: { mood: "Ánimo", anxiety: "Tensión", dissociation: "Lejanía" },
  whole_form: "Mostrar el formulario entero",
  far_away: "Dijiste que sentías mucha lejanía, o que era difícil.",
  far_away_page: "Una página para volver",
  hard_stretch: "Una racha difícil. ¿Quieres contárselo a alguien?",
  hard_stretch_page: "A quién podrías contárselo",
  not_now: "Ahora no",
  nothing_answered: "Todavía no hay ninguna respuesta. «Ahora no puedo responder» anota el momento.",
  still_to_come: "Ese momento aún no ha llegado. No se perdió nada: elige cuándo lo sentiste, o déjalo vacío si es ahora.",
  saved: (at) => `Guardado en este dispositivo, ${at}`,
  sent: (at) => `Guardado y enviado a tu cuenta, ${at}`,
  no_room: "No se guardó: a este dispositivo no le queda espacio. Lo que escribiste sigue aquí; libera algo de espacio y pulsa Guardar otra vez.",
  not_kept: "No se guardó: este dispositivo no pudo hacerlo. Lo que escribiste sigue aquí; pulsa Guardar otra vez.",
  waiting: (count) => `${count} sin enviar todavía.`,
  need_a_look: (count) => counted(count, { one: "Una entrada necesita que la mires: está en Historial.", other: `${count} entradas necesitan que las mires: están en Historial.` }),
  sign_in_again: "Entra otra vez para enviar",
}
