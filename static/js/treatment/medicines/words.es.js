/** What is said about medicines, in Spanish. */

/** @type {typeof import("./words.en.js").default} */
export default {
  title: "Medicamentos",
  lead: "Lo que tomas además de las sesiones, con tus palabras. El primer y el último día de cada uno quedan marcados en tu evolución.",
  note: "Anotar un medicamento",
  name: "Nombre",
  dose: "Cuánto y cuándo, con tus palabras",
  from: "Primer día",
  to: "Último día, si lo hubo",
  reader: "Quién puede leerlo",
  audience: { me: "solo yo", therapist: "mi terapeuta", prescriber: "quien me receta", both: "terapeuta y quien me receta" },
  save: "Guardar",
  leave: "Dejarlo",
  none: "No hay ningún medicamento anotado.",
  taken: "Ahora",
  before: (n) => `Anteriores: ${n}`,
  since: (day) => `desde el ${day}`,
  span: (from, to) => `del ${from} al ${to}`,
  last_day: (day) => `último día: ${day}`,
  change: "Cambiar",
  stop: "Hoy es su último día",
  remove: "Quitar",
  fault: { name: "Hace falta un nombre.", from: "Hace falta un primer día.", to: "El último día es anterior al primero." },
  not_kept: "No se guardó: no queda espacio en este dispositivo, o su almacenamiento no responde. Tus palabras siguen aquí.",
  no_advice: "Esta página no da consejos. Lo que se toma y lo que se deja es cosa tuya y de quien te lo receta.",
}
