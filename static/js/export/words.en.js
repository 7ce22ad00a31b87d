/** What the page about files says, in English. */
export default {
  title: "On paper, or as a file",
  lead: "It is then a file on this device, and not sealed: whoever opens it can read what is in it.",
  summary: "A summary",
  period: "Which days",
  periods: /** @type {Record<string, string>} */ ({ 30: "The last 30", 90: "The last 90", all: "All" }),
  whom: "For whom",
  readers: /** @type {Record<string, string>} */ ({ therapist: "To hand to my therapist", prescriber: "To hand to who prescribes", me: "For myself" }),
  holds: {
    addressed: "All figures of these days. Of notes, questions, medicines and the watch those that you addressed to them; what is for you alone stays out, and so do your safety plan and alerts.",
    all: "Everything of these days, with the notes that are for you alone, your safety plan and alerts. Think of who may find it.",
  },
  pdf: "Make the paper (PDF)",
  fhir: "The same for another program (FHIR)",
  check_ins: "Your check-ins",
  table_about: "Each entry with every answer and every note, also those for you alone.",
  csv: "Take your check-ins away as a table (CSV)",
  file: { pdf: "summary.pdf", fhir: "summary.fhir.json", csv: "check-ins.csv" },
}
