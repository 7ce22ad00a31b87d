/** What a chart marks under its lines besides sessions: meetings, the first and the last days of medicines. */
import { words } from "./chart-words.js"
import { listed } from "./language.js"
import { dayWords } from "./time-words.js"
import { html } from "./ui.js"

/** @typedef {{day: string, kind: "meeting" | "first_day" | "last_day", name: string}} Mark a meeting has no name */

/** A ring; a triangle towards the days that follow; one towards those before: drawn from their middle. */
const SHAPES = { meeting: "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", first_day: "m-4-4.5l8 4.5l-8 4.5z", last_day: "m4-4.5l-8 4.5l8 4.5z" }
const KINDS = /** @type {Mark["kind"][]} */ (["meeting", "first_day", "last_day"])

/** In a row just under the lowest line. @param {{marks: Mark[], x: (day: string) => number, bottom: number, rem: number}} props */
export const Marks = ({ marks, x, bottom, rem }) =>
  KINDS.filter((kind) => marks.some((mark) => mark.kind === kind)).map((kind) => html`
    <path key=${kind} class=${`beside ${kind}`} d=${marks.filter((mark) => mark.kind === kind).map(({ day }) => `M${x(day).toFixed(1)} ${(bottom + 0.5 * rem).toFixed(1)}${SHAPES[kind]}`).join("")} />`)

/** @param {{marks: Mark[]}} props */
export const MarksLegend = ({ marks }) => html`
  <p class="legend" aria-hidden="true">${KINDS.filter((kind) => marks.some((mark) => mark.kind === kind)).map((kind) => html`
    <span key=${kind}><svg class="key" viewBox="0 0 12 12"><path class=${`beside ${kind}`} d=${`M6 6${SHAPES[kind]}`} /></svg> ${words.mark[kind]}</span>`)}</p>`

/** "sertraline, first day", or "meeting". @param {Mark} mark */
export const markWords = ({ kind, name }) => (kind === "meeting" ? words.mark.meeting : words.named[kind](name))

/** In a sentence, for those who listen. @param {Mark[]} marks */
export const spokenMarks = (marks) => (marks.length ? [words.marks(listed(marks.map((mark) => `${dayWords(mark.day)}: ${markWords(mark)}`)))] : [])
