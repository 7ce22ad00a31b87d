/** What the first five minutes ask, in Spanish. */

/** @type {typeof import("./words.en.js").default} */
export default {
  skip: "Saltar esto",
  not_now: "Ahora no",
  others: {
    title: "¿Alguien más abre este teléfono?",
    lead: "Tu pareja, una hija o un hijo, alguien del trabajo. Tu respuesta decide qué se pregunta después; no se guarda en ningún sitio.",
    yes: "Sí, o puede pasar",
    no: "No",
  },
  lock: {
    title: "¿Un bloqueo para lo que escribiste?",
    lead: "Así, leer pide un PIN o una llave de acceso. Escribir, nunca. Se puede poner o quitar cuando quieras.",
    yes: "Poner el bloqueo",
  },
  name: {
    title: "¿Qué nombre le ponemos?",
    lead: "En la pestaña, en la pantalla de inicio, en los avisos.",
    names: { "": "Interlude", notes: "Notes" },
  },
  reminder: {
    title: "¿Qué puede decir un recordatorio?",
    lead: "Quien esté cerca puede leerlo con la pantalla bloqueada. No hay ningún recordatorio hasta que lo pidas.",
    own: "O con tus propias palabras",
    take: "Usar estas palabras",
    suggestions: ["Un momento para tu diario", "Un momento para ti", "Algo que anotar"],
  },
  country: {
    title: "¿En qué país estás?",
    lead: "Para que los números a los que llamar estén aquí, también sin red.",
    another: "Otro país",
    take: "Este",
  },
}
