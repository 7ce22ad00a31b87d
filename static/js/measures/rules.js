/** Filling in a questionnaire: what is asked, how long it stays fresh, when it waits, and when the card comes. Pure. */
import { hoursBetween, localDay } from "../base/time.js"

const DAY_H = 24
/** What was begun earlier is begun anew: an answer that is late is not taken for a fresh one. */
const FRESH_H = 4 * DAY_H
/** So long after a dose nothing asks about something very hard. */
const AFTER_DOSE_H = 72
const EVENING = "22:00"
const MORNING = "05:00"
/** So long after it was filled in nothing says what it came to. */
const SHOWN_AFTER_H = 1

/** @typedef {import("./instruments.js").Instrument} Instrument */
/** @typedef {import("./instruments.js").Item} Item */
/** @typedef {Record<string, number | null>} Answers by item; null is "prefer not to answer", what is left out was not asked yet */
/** @typedef {{instrument: string, answers: Answers, begun_at: string, index_event?: string}} Fields what is half filled in */
/** @typedef {{starts_at: string}} Session that took place */

/** What may be chosen for an item. @param {Instrument} instrument @param {Item} item */
export const optionsOf = (instrument, item) => item.options ?? instrument.options

/** @param {Instrument} instrument */
export const scoredOf = (instrument) => instrument.items.filter(({ scored }) => scored !== false)

/** The items in turn. One that does not count asks about the problems before it, and only where there are some. @param {Instrument} instrument @param {Answers} answers */
export function askedOf(instrument, answers) {
  const hasAny = scoredOf(instrument).some(({ id }) => (answers[id] ?? 0) > 0)
  return instrument.items.filter(({ scored }) => scored !== false || hasAny)
}

/** How many of the items that count are done with, answered or not, and how many there are. @param {Instrument} instrument @param {Answers} answers @returns {[number, number]} */
export const doneOf = (instrument, answers) => [scoredOf(instrument).filter(({ id }) => id in answers).length, scoredOf(instrument).length]

/** Which item comes next, from 1; the last one where all are done with. @param {Item[]} asked @param {Answers} answers */
export const nextOf = (asked, answers) => (asked.findIndex(({ id }) => !(id in answers)) + 1 || asked.length)

/**
 * Which screen an address means: none is reached before those ahead of it are done with.
 * @param {string | null} wanted @param {Item[]} asked @param {Answers} answers
 */
export const screenOf = (wanted, asked, answers) => Math.min(Math.max(Math.trunc(Number(wanted)) || 1, 1), nextOf(asked, answers))

/** Whether there is a total: no more of the items that count lack an answer than its data allow. @param {Instrument} instrument @param {Answers} answers */
export const isComplete = (instrument, answers) =>
  scoredOf(instrument).filter(({ id }) => typeof answers[id] !== "number").length <= (instrument.total?.may_lack ?? 0)

/** Whether what was begun then is too old to go on with. @param {{begun_at: string}} fields @param {string} now */
export const isStale = ({ begun_at }, now) => hoursBetween(begun_at, now) >= FRESH_H

/**
 * The values to keep. An answer that was not given is left out.
 * @param {Instrument} instrument @param {Fields} fields @param {string} completed_at @param {string} zone @returns {Record<string, any>}
 */
export function valuesOf({ id, version, items }, { answers, index_event }, completed_at, zone) {
  const given = items.flatMap((item) => (typeof answers[item.id] === "number" ? [[item.id, answers[item.id]]] : []))
  const event = index_event?.trim()
  return { instrument: id, instrument_version: version, answers: Object.fromEntries(given), completed_at, zone, ...(event ? { index_event: event } : {}) }
}

/**
 * Why a questionnaire is not offered now; nothing when it may be. One that asks about something very hard waits after a
 * dose and at night.
 * @param {Instrument} instrument @param {Session[]} sessions that took place @param {string} time of the wall clock @param {string} now
 * @returns {"" | "dose" | "night"}
 */
export function whyNotNow({ has_index_event }, sessions, time, now) {
  if (!has_index_event) return ""
  const isAfterDose = sessions.some(({ starts_at }) => starts_at <= now && hoursBetween(starts_at, now) < AFTER_DOSE_H)
  return isAfterDose ? "dose" : isNight(time) ? "night" : ""
}

/**
 * Why what a response came to is not shown now: at night, or straight after one was filled in. Nothing when it may be.
 * @param {string} time of the wall clock @param {string[]} writtenAt instants @param {string} now @returns {"" | "night" | "fresh"}
 */
export function whyLater(time, writtenAt, now) {
  if (isNight(time)) return "night"
  return writtenAt.some((at) => hoursBetween(at, now) >= 0 && hoursBetween(at, now) < SHOWN_AFTER_H) ? "fresh" : ""
}

/** Whether a questionnaire was filled in on a day: then no other is offered on it. @param {string} day @param {Record<string, any>[]} responses values @param {string} [startsAt] when a day begins */
export const isFilledInOn = (day, responses, startsAt) => responses.some(({ completed_at, zone }) => localDay(completed_at, zone, startsAt) === day)

/** The sessions that a questionnaire looks back over, and so averages over before and after. @template {Session} T @param {{recall_days: number}} instrument @param {T[]} sessions that took place @param {string} at */
export const spannedBy = ({ recall_days }, sessions, at) =>
  sessions.filter(({ starts_at }) => starts_at <= at && hoursBetween(starts_at, at) < recall_days * DAY_H)

/** Whether a dark thought was told of, so that the card comes (CLINICAL 5). @param {Instrument} instrument @param {Answers} answers */
export const isDark = ({ card }, answers) => Boolean(card && (answers[card.item] ?? 0) >= card.from)

/** Which card it is: on that of an answer that may go by itself it is said when it does. @param {Instrument} instrument */
export const cardOf = ({ safety_item, card }) => (safety_item && safety_item === card?.item ? "form" : "answer")

/**
 * How the card comes: whole, or one line where nothing changed since the last time it was answered; nothing without cause.
 * @param {Instrument} instrument @param {Answers} answers @param {Record<string, any>[]} earlier values of responses
 * @returns {"" | "line" | "whole"}
 */
export function cardAfter(instrument, answers, earlier) {
  if (!isDark(instrument, answers)) return ""
  const item = instrument.card?.item ?? ""
  const last = latestOf(instrument.id, earlier.filter((values) => typeof values.answers?.[item] === "number"))
  return last?.answers[item] === answers[item] ? "line" : "whole"
}

/** The last response to an instrument. @param {string} id @param {Record<string, any>[]} responses values @returns {Record<string, any> | undefined} */
export const latestOf = (id, responses) =>
  responses.filter(({ instrument }) => instrument === id).toSorted((a, b) => (a.completed_at < b.completed_at ? 1 : -1))[0]

/** @param {string} time of the wall clock */
const isNight = (time) => time >= EVENING || time < MORNING
