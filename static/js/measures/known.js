/** The questionnaires at hand: those of the product, and those whose licensed words this installation has, kept here for offline. */
import { account, journal, locked } from "../accounts/account.js"
import { call } from "../base/api.js"
import { effect, signal } from "../../vendor/signals-core.js"
import { keepNote, noteOf } from "../records/notes.js"
import { INSTRUMENTS } from "./instruments.js"
import { instrumentOf, isPack } from "./packs.js"

/** Under this name the device keeps them, sealed: whose licence it is, is nobody else's to read. */
const NOTE = "packs"

/** @typedef {import("./instruments.js").Instrument} Instrument */

/** Null until what lies here was read. @type {import("../../vendor/signals-core.js").Signal<Instrument[] | null>} */
const packs = signal(null)
let turn = 0
/** @type {Promise<void>} */
let reading = Promise.resolve()

effect(() => {
  void [account.value, locked.value]
  reading = read().catch((fault) => console.info("No pack was read.", fault))
})

async function read() {
  const mine = ++turn
  const kept = (await noteOf(await journal(), NOTE))?.items ?? []
  if (mine === turn) packs.value = kept
}

/** Those of the product first. A component that asks draws itself again when they change. @returns {Instrument[]} */
export const known = () => [...INSTRUMENTS, ...(packs.value ?? [])]

/** @param {string | undefined} id @returns {Instrument | undefined} */
export const knownBy = (id) => known().find((one) => one.id === id)

/** Whether what lies here was read: before that, one may be missing that is there. */
export const areRead = () => packs.value !== null

/** Done once it was. */
export const whenRead = () => reading

/** Asks the installation which it has, and keeps them; without a network they stay as they are. */
export async function fetchPacks() {
  const who = account.peek()
  if (who?.role !== "patient" || locked.peek()) return
  const { items } = await call("GET", "/api/instruments")
  const found = items.filter(isPack).map(instrumentOf)
  await reading
  // Whoever is here by now keeps none of somebody else's installation.
  if (account.peek()?.id !== who.id || locked.peek() || JSON.stringify(found) === JSON.stringify(packs.peek())) return
  await keepNote(await journal(), { id: NOTE, items: found })
  packs.value = found
}
