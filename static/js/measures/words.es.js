/** What is said around questionnaires, in Spanish; the questions themselves stand in English (instruments.js). */
import { counted } from "../base/language.js"

const questions = (/** @type {number} */ count) => counted(count, { one: "1 pregunta", other: `${count} preguntas` })

/** @type {typeof import("./words.en.js").default} */
export default {
  title: "Cuestionarios",
  lead: "Preguntan siempre lo mismo, para poder comparar una vez con otra. Ninguno es un diagnóstico, y ninguno hay que rellenarlo.",
  unwatched: "Nadie vigila las respuestas en tiempo real ni entre citas; esto no es un servicio de emergencias.",
  no_such: "Ese cuestionario no existe",
  to_list: "Todos los cuestionarios",
  source: "De quién son",
  english: "Las preguntas están en inglés: una traducción sin comprobar ya no sería el mismo cuestionario.",
  about: {
    "phq-9": "El ánimo bajo y lo que trae consigo",
    "gad-7": "La preocupación y la tensión",
    "who-5": "Cómo se ha sentido la vida",
    peg: "El dolor y lo que te quita",
    "pcl-5": "Lo que queda después de algo muy duro",
    "phq-2": "El ánimo bajo, las dos preguntas más cortas",
  },
  looks_back: (count, days) => `${questions(count)} sobre ${days === 7 ? "la última semana" : days % 7 ? `los últimos ${days} días` : `las últimas ${days / 7} semanas`}.`,
  last_on: (when) => `La última vez, el ${when}`,
  paused: (done, of) => `En pausa, ${done} de ${of}`,

  begin: "Empezar",
  not_today: "Ahora no",
  how: "Una pregunta cada vez. Puedes parar en cualquiera; lo que respondas se queda aquí 4 días.",
  begun: (when, done, of) => `Lo empezaste el ${when}. Van ${done} de ${of}.`,
  go_on: "Seguir",
  anew: "Tirarlo",
  stale: (when) => `Lo que empezaste el ${when} no se terminó en 4 días. Se deja de lado, para que respuestas antiguas no pasen por recientes.`,
  spans: (days) =>
    `Mira atrás sobre ${days.length === 1 ? "tu sesión" : "tus sesiones"} del ${days.join(", ")}: mezcla el antes y el después, y queda marcado así. Las escalas de Hoy distinguen esos días.`,
  hard: "Pregunta 20 cosas sobre lo más duro que te pasó: recuerdos, sueños, el cuerpo, la culpa. Puede remover. Elige un momento con alguien cerca, o con algo tranquilo después. Puedes parar en cualquier pregunta, y guardar o tirar lo respondido. Termina en la página de aquí y ahora.",
  event: "En qué piensas mientras respondes, en pocas palabras",
  event_hint: "Puede quedar vacío. Es para ti: nunca se comparte, ni está en ningún resumen.",
  waits: {
    dose: "Este espera hasta 72 horas después de una sesión.",
    night: "Este espera hasta que sea de día. De noche pesa más.",
  },
  here: "Aquí y ahora",

  progress: (at, of) => `${at} de ${of}`,
  one_more: "Una más, aparte de las otras",
  decline: "Prefiero no responder",
  no_total: "Está bien. Sin esta respuesta no hay total.",
  next: "Siguiente",
  save: "Guardar",
  back: "Atrás",
  pause: "Pausa",
  stop: "Parar",
  choose: "Elige una, o «Prefiero no responder».",
  no_room: "Sin guardar: este dispositivo no tiene espacio. Lo que respondiste sigue aquí.",
  not_kept: "Sin guardar. Lo que respondiste sigue aquí; inténtalo otra vez.",

  stopped: "En pausa",
  stopped_lead: "No hay que terminar nada.",
  keep_half: "Guardar lo respondido, 4 días",

  saved: "Guardado en este dispositivo.",
  sent: "Guardado y enviado.",
  refused: (reasons) => `El servidor no aceptó esto: ${reasons}. Sigue guardado aquí.`,
  no_reason: "no dijo por qué",
  as_before: "Una respuesta es tan oscura como la última vez. Si quieres hablar con alguien:",
  numbers: "números que responden",
  incomplete: "No todas las preguntas tienen respuesta, así que no hay total. Lo que respondiste está guardado.",
  where: "Lo que suma está en Historial, plegado.",
  also: "También pendiente",
  today: "Hoy",

  due: (title, looksBack) => `${title}: ${looksBack}`,
  half_on_today: (title, done, of) => `${title} está en pausa, ${done} de ${of}.`,
  fill_in: "Rellenar",

  entry: (title, isComplete) => (isComplete ? title : `${title}, sin todas las respuestas`),
  comes_to: "Lo que suma",
  total: (total, highest) => `${total} de ${highest}`,
  band: {
    minimal: "mínimo",
    mild: "leve",
    moderate: "moderado",
    "moderately severe": "moderadamente grave",
    severe: "grave",
    negative: "por debajo de la línea de 3",
    positive: "3 o más: conviene preguntar más",
    "likely depression": "28 o menos: conviene decírselo a quien te trata",
    "low well-being": "50 o menos: bajo",
  },
  averages: "Mira atrás sobre una sesión: mezcla el antes y el después.",
  later: { night: "Lo que suma se muestra de día.", fresh: "Lo que suma se muestra una hora después, no justo al rellenarlo." },
  better: { lower: "Más bajo es más llevadero.", higher: "Más alto es mejor." },
}
