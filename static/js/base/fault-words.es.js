/** What went wrong, in Spanish. */

/** @type {typeof import("./fault-words.en.js").default} */
export default {
  offline: (what) => `${what}: no se pudo llegar al servidor. No se perdió nada; inténtalo de nuevo en un momento.`,
  here: (what) => `${what}: algo no fue bien en este dispositivo. No se perdió nada; inténtalo de nuevo.`,
  stranger: (what) => `${what}: este dispositivo ya no tiene la cuenta abierta. No se perdió nada; vuelve a entrar.`,
  too_many: (what, wait) => `${what}: demasiados intentos. Espera ${wait} y vuelve a intentarlo.`,
  server: (what) => `${what}: el servidor tiene problemas ahora mismo. No se perdió nada; inténtalo de nuevo en unos minutos.`,
  after_session: "En las horas después de una sesión, compartir espera, para que se decida con la cabeza clara.",
  until: (wait) => ` Será posible en ${wait}.`,
  withdrawing: " Retirar el acceso se puede siempre.",
  not_there: (what) => `${what}: ya no está ahí.`,
}
