/** What the lock says, in Spanish. */
import { counted, number } from "../base/language.js"

/** @type {typeof import("./words.en.js").default} */
export default {
  today: "Con bloqueo. Lo que escribas se guarda; leer te espera.",
  unlock: "Desbloquear",
  hide: "Ocultar",
  cover: "Toca para seguir",

  title: "Con bloqueo",
  lead: "Leer lo que escribiste te espera. Escribir, no.",
  pin: "PIN",
  with_passkey: "Desbloquear con la llave de acceso",
  opening: "Un momento",
  write: "Escribir sin desbloquear",
  here: "Aquí y ahora",
  forgotten: { pin: "Ya no sé el PIN", passkey: "Ya no tengo la llave de acceso" },
  wrong: "Ese PIN no lo abre. No se perdió nada; prueba otra vez.",
  wait: (/** @type {string} */ wait) => `No se abrió varias veces. Espera ${wait} y prueba otra vez. No se perdió nada.`,
  not_shown: "No se mostró la llave de acceso. No se perdió nada; prueba otra vez.",
  no_secret: "Este dispositivo no tiene una llave de acceso que pueda bloquear algo. Un PIN sí puede.",
  not_done: "Algo no funcionó en este dispositivo. No se perdió nada; prueba otra vez.",

  way_out: {
    nobody: {
      pin: "Nadie puede decirte el PIN: no se guarda en ningún sitio. La salida es quitar lo que hay en este dispositivo, y con ello el bloqueo.",
      passkey: "Sin la llave de acceso nadie puede abrir esto. La salida es quitar lo que hay en este dispositivo, y con ello el bloqueo.",
    },
    again: "Lo que se envió está en el servidor. Entra después en tu cuenta y vuelve.",
    lost: (/** @type {number} */ count) => counted(count, {
      one: "1 entrada está solo en este dispositivo y se perdería.",
      other: `${number(count)} entradas están solo en este dispositivo y se perderían.`,
    }),
    none_lost: "Todo se envió: no se perdería ninguna entrada.",
    nothing_here: "No hay ninguna entrada en este dispositivo.",
    draft: "También se perdería lo que está a medio escribir.",
    back: "Dejarlo y probar otra vez",
    keep: "Dejarlo",
    remove: "Quitar lo que hay en este dispositivo",
    not_done: "No se quitó",
    done_account: "Se quitó lo que había en este dispositivo, y también el bloqueo. Entra en tu cuenta y vuelve lo que se envió.",
    done_guest: "Se quitó lo que había en este dispositivo, y también el bloqueo.",
    done: "Se quitó lo que había en este dispositivo.",
  },

  clear: {
    title: "Vaciar este dispositivo",
    about: "Para un teléfono que no es tuyo, o que vas a dar. Se quita lo que se escribió aquí sin cuenta, y el bloqueo si lo hay. Funciona sin red.",
    clear: "Vaciar este dispositivo",
  },

  unread: {
    gone: "Se vació una parte del almacenamiento de este navegador, y con ella la clave de lo que había aquí: ya no se puede abrir.",
    again: "Lo que se envió vuelve desde el servidor.",
    lost: (/** @type {number} */ count) => counted(count, {
      one: "1 entrada no se había enviado y se perdió.",
      other: `${number(count)} entradas no se habían enviado y se perdieron.`,
    }),
    read: "Lo he leído",
  },

  settings: {
    title: "Un bloqueo para lo que escribiste",
    lead: "Así, leer pide un PIN o una llave de acceso. Escribir, nunca; y los números a los que llamar y «Aquí y ahora» se abren sin eso.",
    done: "Hecho.",
    now: {
      device: "Ahora nada lo bloquea. Quien abra este teléfono puede leer lo que escribiste.",
      pin: "Lo bloquea un PIN: en cuanto sales, y después de dos minutos sin tocar. «Ocultar» lo hace al momento.",
      passkey: "Lo bloquea una llave de acceso: en cuanto sales, y después de dos minutos sin tocar. «Ocultar» lo hace al momento.",
    },
    take: { pin: "Bloquearlo con un PIN", passkey: "Bloquearlo con una llave de acceso" },
    change: { pin: "Elegir otro PIN", passkey: "Hacer otra llave de acceso" },
    none: "Quitar el bloqueo",
    press: { pin: "Bloquear con este PIN", passkey: "Seguir", none: "Quitarlo" },
    current: "El PIN que tiene ahora",
    new: "PIN nuevo",
    new_hint: "Cuatro cifras o más; mejor seis o más. No el que abre el teléfono, si alguien lo sabe.",
    again: "Otra vez el mismo",
    not_a_pin: "Cuatro cifras o más, y solo cifras.",
    not_twice: "Los dos no son iguales.",
    passkey_about: "El dispositivo pide tu dedo, tu cara o su propio código; ahora dos veces, después una cada vez que lo abras.",
    leave: "Dejarlo como está",
    limits: "Qué puede hacer, y qué no",
    limits_about: [
      "Deja fuera a quien tenga tu teléfono en la mano. Con herramientas especiales y tiempo, alguien podría averiguar un PIN corto.",
      "Después de tres intentos que no lo abren hay que esperar, cada vez más, hasta una hora. Sin red, la espera pasa mientras la página con el PIN está abierta, y se detiene al cerrarla. Cambiar la hora del teléfono no la acorta.",
      "Se bloquea al salir de la app y después de dos minutos sin tocar. «Ocultar» lo hace al momento, en todas las pestañas.",
      "Nadie puede decirte un PIN que olvidaste. La salida es vaciar este dispositivo: lo que se envió vuelve cuando entras en tu cuenta, y lo que no se había enviado desaparece.",
    ],
  },
}
