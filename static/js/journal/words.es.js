/** What the journal says, in Spanish. */

/** @type {typeof import("./words.en.js").default} */
export default {
  scale: { mood: "ánimo", anxiety: "ansiedad", dissociation: "lejanía" },
  no_answers: "un momento anotado, sin respuestas",
  audience: { me: "solo yo", therapist: "mi terapeuta", prescriber: "quien me receta", both: "terapeuta y quien receta" },
  tone: { distressing: "angustioso", mixed: "mezclado", neutral: "neutro", peaceful: "tranquilo" },
  strength: { none: "nada", mild: "leve", moderate: "moderado", severe: "fuerte" },
  side_effect: {
    nausea: "Náuseas",
    headache: "Dolor de cabeza",
    dizziness: "Mareo",
    sleepiness: "Somnolencia",
    blurred_vision: "Vista borrosa o doble",
    heart_beat: "Latido acelerado",
    urinary_urgency: "Ganas repentinas de orinar",
    urinary_frequency: "Orinar a menudo",
    urinary_pain: "Dolor al orinar",
    bladder_discomfort: "Molestia en la vejiga",
    foggy_thinking: "Mente nublada",
    memory_trouble: "Problemas de memoria",
    other: "Otra cosa",
  },
  detached: (tone) => `lejanía, ${tone}`,
  slept: (hours) => `${hours} horas de sueño`,
  rested: (rating) => `descanso ${rating}`,
  session: { happened: "Sesión", planned: "Sesión planeada", cancelled: "Sesión cancelada", stopped_early: "Sesión, terminada antes" },
}
