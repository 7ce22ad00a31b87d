/** What is said on the pages of help and of coming back, in Spanish. */
import { listed } from "../base/language.js"

const reader = /** @type {Record<string, string>} */ ({ therapist: "tu terapeuta", prescriber: "quien te receta" })

/** @param {{who: string[], what: string[]}} group */
function seenBy({ who, what }) {
  const isOne = who.length === 1
  const shown = /** @type {Record<string, string>} */ ({ scales: "las escalas", notes: `las notas que ${isOne ? "le" : "les"} escribes`, measures: "lo que suma el cuestionario" })
  return `${listed(who.map((one) => reader[one]))} ${isOne ? "puede" : "pueden"} ver ${listed(what.map((one) => shown[one]))}`
}

/** @type {typeof import("./words.en.js").default} */
export default {
  help: {
    title: "Necesito ayuda",
    lead: "Esto no es un servicio de emergencias. Nadie lo vigila en tiempo real, ni entre citas.",
    card_title: "Antes de seguir",
    card_lead: (seen) => `Lo que escribiste está guardado. ${seen} Si quieres hablar con alguien ahora, estas líneas responden.`,
    seen_unknown: "No se avisa a nadie en el momento, y nadie lo vigila en tiempo real.",
    seen_by_nobody: "Nadie lo ve: ahora no está compartido con nadie.",
    seen: (groups) => `Más tarde, ${listed(groups.map(seenBy))}; nadie lo vigila en tiempo real.`,
    far: "Siento que estoy lejos: aquí y ahora",
    plan: "Mi plan de seguridad",
    not_now: "Ahora no",
    noted: "Números que anotaste",
    with_you: "contigo esa noche",
    clinic: "La clínica",
    numbers_for: (country) => `Números para ${country}`,
    numbers_here: "Números donde estás",
    in_danger: "En peligro ahora",
    in_danger_in: (country) => `En peligro ahora: ${country}`,
    where_you_are: "donde estás",
    local_number: "el número de emergencias de donde estás",
    call: (number) => `Llamar al ${number}`,
    text: (to) => `mensaje al ${to}`,
    text_word: (word, to) => `mensaje con ${word} al ${to}`,
    kind: { domestic_violence: "para la violencia en casa", poison: "para una intoxicación, o demasiado de algo" },
    chat: (at) => `o chat en ${at}`,
    elsewhere: "Líneas de crisis en otros países",
    if_none: (emergency, at) => `Si una línea no responde: ${emergency}, o ${at}.`,
    never_checked: "Tomados de fuentes publicadas; no consta el día en que se comprobaran con cada servicio.",
    checked_on: (day) => `Números comprobados por última vez el ${day}.`,
    checked_long_ago: (day) => `Números comprobados por última vez el ${day}; de eso hace más de medio año, así que alguno puede haber cambiado.`,
    choose_country: "Si estás en otro lugar, elige el país",
    another_country: "Otro país",
    body: "Para el cuerpo",
    body_signs:
      "Dolor en el pecho, desmayo, dificultad para respirar, sangre en la orina o no poder orinar, no dormir y sentir mucha energía, oír voces: llama a tu clínica o al número de emergencias.",
    body_card: "El número de la clínica y el de emergencias",
    near: "Alguien cerca",
    near_means: "Alguien con quien te sientas a salvo puede acompañarte mientras llamas, o llamar por ti.",
    phone: "Un teléfono perdido, o alguien que no debería leer esto",
    phone_means: "Todo lo que puede abrir este diario, en una página",
  },

  medical: {
    title: "Cuando el cuerpo necesita a alguien ahora",
    lead: "Hechos, no un diagnóstico. Si notas algo de lo de abajo, llama; nadie se molesta por una llamada de más.",
    signs: [
      "Dolor en el pecho",
      "Desmayo",
      "Dificultad para respirar",
      "Sangre en la orina, o no poder orinar",
      "No dormir, con mucha energía",
      "Oír voces",
    ],
    emergency: (country) => `Emergencias: ${country}`,
    clinic: "La clínica",
    note_down: "Anotar el número de la clínica",
    change: "Cambiar el número de la clínica",
    number: "El número de la clínica",
    device_only: "Se guarda solo en este dispositivo y nunca se envía.",
    locked_too: "Mostrarlo con la app bloqueada",
    locked: "El número de la clínica espera al desbloqueo, o nunca se anotó.",
    save: "Guardar",
    leave: "Dejarlo",
    to_help: "Otros números a los que llamar",
  },

  tell: {
    title: "Avisar a mi terapeuta",
    somebody: "Tu terapeuta",
    by_itself: "Una primera respuesta, una más alta, y una de 2 o más le llegan sin esto, como acordaste.",
    reads_now: (who, to) => `${who} lee hoy hasta las ${to}, no en tiempo real.`,
    reads_today: (who, from, to) => `${who} lee hoy de ${from} a ${to}. Antes nadie lo ve.`,
    reads_on: (who, from, to) => `${who} vuelve a leer el ${from}, hasta las ${to}. Antes nadie lo ve.`,
    when_unknown: (who) => `${who}: aquí no se sabe cuándo vuelve a leer. Nadie lo vigila en tiempo real.`,
    message: "Unas palabras, si quieres",
    goes: "Recibe que lo pediste, cuándo, qué te trajo aquí, y estas palabras.",
    tell: "Avisar a mi terapeuta",
    told: {
      kept: "Guardado. Sale en cuanto haya red; entonces aquí dice si alguien recibe el aviso.",
      signed_out: "Guardado, sin enviar: este dispositivo no tiene la sesión abierta. Sale cuando entres. Para hablar con alguien ahora, llama.",
      sent: "Enviado. Aquí todavía no se sabe si alguien recibe el aviso. Para hablar con alguien ahora, llama.",
      told: "Enviado. Aquí lees quién lo vio.",
      nobody: "El servidor lo tiene, y nadie recibe el aviso: ahora no compartes con nadie que los reciba. Es mejor que llames.",
      refused: "El servidor no lo aceptó, así que nadie lo sabe. Es mejor que llames.",
    },
    not_kept: "Este dispositivo no pudo guardarlo. Es mejor que llames.",
    so_far: "Lo que has avisado hasta ahora",
    sent: (when) => `Del ${when}`,
    waiting: (who, due) => `Todavía nadie lo ha visto. Si ${who} no lo ve antes del ${due}, se dice aquí.`,
    seen: (who, when, reply) => `${who} lo vio el ${when}: «${reply}».`,
    closed: (when) => `Cerrado el ${when}.`,
    reply: {
      read: () => "Lo he leído",
      will_call: (when) => `Llamaré antes del ${when}`,
      call_clinic: () => "Llama a la clínica, por favor",
    },
    unseen: (who) => `${who} no lo vio dentro del horario que puso.`,
    backup: (who) => `En su lugar lee: ${who}.`,
    backup_told: (when) => `A quien lee en su lugar se le escribió el ${when}: que algo espera, no que sea tuyo ni lo que dice.`,
    ring: "Llama al",
    ring_lines: "Llama a tu clínica, o a uno de los números de esta página.",
    was_seen: (who, when) => `${who} vio tu aviso el ${when}.`,
    was_not_seen: (who) => `${who} no ha visto tu aviso dentro del horario que puso.`,
    was_untold: (when) => `Nadie recibió lo que pediste el ${when}. Allí están los números a los que llamar.`,
    was_ended: (when) => `Ya nadie lee tu aviso del ${when}: el acceso compartido se cerró.`,
    untold: "Nadie recibió el aviso: para entonces ya no compartías con nadie que los recibiera.",
    share_ended: "El acceso compartido se cerró antes de que nadie lo leyera.",
  },

  here: {
    title: "Aquí y ahora",
    it_is: (weekday, time) => `Es ${weekday}, ${time}.`,
    session: {
      today: (time) => `Tu sesión fue hoy a las ${time}.`,
      yesterday: (time) => `Tu sesión fue ayer a las ${time}.`,
      on: (weekday, time) => `Tu sesión fue el ${weekday} a las ${time}.`,
    },
    wrote: (text) => `Escribiste: «${text}»`,
    back: "Lo que te trae de vuelta, en tus palabras",
    senses: ["Apoya los dos pies en el suelo.", "Nombra cinco cosas que veas.", "Di dónde estás, en voz alta si quieres."],
    out: "Volver",
  },
}
