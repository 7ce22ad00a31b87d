/** Which questionnaires a person wants to be offered on Today, and what they answered "not now"; sealed, on this device. */
import { account, journal } from "../accounts/account.js"
import { hereZone, now, wall } from "../base/time.js"
import { useEffect, useState } from "../base/ui.js"
import { keepNote, noteOf } from "../records/notes.js"
import { counted } from "../records/rules.js"
import { tookPlace } from "../records/told.js"
import { asOffered, inPlaceOf } from "./installed.js"
import { offered as offeredHere, offeredIds, whenRead } from "./known.js"
import { whyNotNow } from "./rules.js"
import { dueNow, REGULAR } from "./schedule.js"

const NOTE = "questionnaires"
/** A line for each window of the last months. */
const MOST_TURNS = 40

/** @typedef {{instrument: string, from: string}} Due */
/** @typedef {import("../records/store.js").Row} Row */

/** As this installation can fulfil them. @param {any} db @returns {Promise<{offered: string[], not_now: string[]}>} */
export async function wishes(db) {
  await whenRead()
  const { offered, not_now } = await kept(db)
  return { offered: asOffered(offered, offeredIds()), not_now }
}

/** @param {any} db @returns {Promise<{offered: string[], not_now: string[]}>} */
async function kept(db) {
  const { offered = REGULAR, not_now = [] } = (await noteOf(db, NOTE)) ?? {}
  return { offered, not_now }
}

/** What is not offered here stays as it was wanted, should it be offered again. @param {any} db @param {string[]} offered */
export async function keepOffered(db, offered) {
  const before = await kept(db)
  await keepNote(db, { ...before, offered: [...offered, ...before.offered.filter((id) => !inPlaceOf(id, offeredIds()))], id: NOTE })
}

/** @param {any} db @param {Due} due */
export async function keepNotNow(db, due) {
  const { offered, not_now } = await kept(db)
  await keepNote(db, { id: NOTE, offered, not_now: [...not_now, turnOf(due)].slice(-MOST_TURNS) })
}

/** What is due and may be offered now. @param {{offered: string[], not_now: string[]}} wishes @param {Row[]} sessions @param {Row[]} responses @returns {Due[]} */
export function offersOf({ offered, not_now }, sessions, responses) {
  const [at, given] = [now(), tookPlace(sessions, now())]
  const due = dueNow(sessions.map(({ record }) => /** @type {any} */ (record.values)), responses.map(({ record }) => counted(record)), offered, offeredIds(), at)
  const mayBe = (/** @type {string} */ id) => offeredHere().some((one) => one.id === id && !whyNotNow(one, given, wall(at, hereZone()).time, at))
  return due.filter((one) => !not_now.includes(turnOf(one)) && mayBe(one.instrument))
}

/** What this person wants; null until it is read. @returns {{offered: string[], not_now: string[]} | null} */
export function useWishes() {
  const [found, setFound] = useState(/** @type {{offered: string[], not_now: string[]} | null} */ (null))
  const who = account.value?.id
  const ids = offeredIds().join()
  useEffect(() => {
    let isHere = true
    journal().then(wishes).then((read) => isHere && setFound(read))
    return () => void (isHere = false)
  }, [who, ids])
  return found
}

/** @param {Due} due */
const turnOf = ({ instrument, from }) => `${instrument} ${from}`
