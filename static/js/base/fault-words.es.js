/** What went wrong, in Spanish. */

/** @type {typeof import("./fault-words.en.js").default} */
export default {
  said: (what, why) => `${what}: ${why}`,
  unreached: "no se pudo llegar al servidor. No se perdió nada; prueba otra vez en un momento.",
  here: "algo no funcionó en este dispositivo. No se perdió nada; prueba otra vez.",
  stranger: "la sesión en este dispositivo ya no está abierta. No se perdió nada; vuelve a entrar.",
  too_many: (wait) => `demasiados intentos. Espera ${wait} y prueba otra vez.`,
  there: "el servidor tiene problemas ahora mismo. No se perdió nada; prueba otra vez en unos minutos.",
  refused: "el servidor no lo aceptó. No se perdió nada.",
  after_session: "En las horas después de una sesión, compartir espera, para que se decida con la cabeza clara.",
  until: (wait) => ` Será posible en ${wait}.`,
  withdrawing: " Retirar el acceso se puede siempre.",
  problem: {
    "not-found": "ya no está ahí.",
    "step-up-needed": "entra otra vez primero: así se sabe que eres tú quien tiene este dispositivo.",
    "registration-closed": "aquí las cuentas nuevas se crean por invitación.",
    "storage-full": "el disco del servidor está lleno. No se perdió nada; prueba más tarde.",
  },
  field: {
    name: "Escribe un nombre de hasta 100 letras.",
    email: "Esto no parece una dirección.",
    password: "Es de las primeras que alguien probaría. Elige otra; cuatro o cinco palabras que recuerdes van bien.",
    adult: "Esto es para personas de 18 años o más.",
    zone: "El servidor no conoce esta zona horaria.",
    day_starts_at: "Escribe una hora del día.",
    code: "Ese código no sirvió. Toma el que la app muestra ahora.",
  },
}
