/** The questionnaires at hand: those of the product, those whose licensed words this installation has, and which of them it offers; kept here for offline. */
import { account, journal, locked } from "../accounts/account.js"
import { call } from "../base/api.js"
import { computed, effect, signal } from "../../vendor/signals-core.js"
import { keepNote, noteOf } from "../records/notes.js"
import { BY_DEFAULT } from "./installed.js"
import { INSTRUMENTS } from "./instruments.js"
import { instrumentOf, isPack } from "./packs.js"

/** Under this name the device keeps them, sealed: whose licence it is, is nobody else's to read. */
const NOTE = "packs"

/** @typedef {import("./instruments.js").Instrument} Instrument */

/** @typedef {{items: Instrument[], offered: string[] | null}} Learned the packs, and which of the product's own are offered; null: not learned yet */

/** Null until what lies here was read. @type {import("../../vendor/signals-core.js").Signal<Learned | null>} */
const learned = signal(null)
let turn = 0
/** Who asked already, since this page began. */
let asked = ""
/** @type {Promise<void>} */
let reading = Promise.resolve()

effect(() => {
  void [account.value, locked.value]
  reading = read().catch((fault) => console.info("What this installation offers was not read.", fault))
})

async function read() {
  const mine = ++turn
  const { items = [], offered = null } = (await noteOf(await journal(), NOTE)) ?? {}
  if (mine !== turn) return
  learned.value = { items, offered }
  if (!offered) learnOnce()
}

/** All that can be read and counted, those of the product first. A component that asks draws itself again when they change. @returns {Instrument[]} */
export const known = () => [...INSTRUMENTS, ...(learned.value?.items ?? [])]

/** Those of them that this installation offers. @returns {Instrument[]} */
export const offered = () => known().filter(({ id }) => offeredIds().includes(id))

/** One text, so that whoever asks is told of a change and of nothing else. */
const ids = computed(() => [...(learned.value?.offered ?? BY_DEFAULT), ...(learned.value?.items ?? []).map(({ id }) => id)].join(" "))

export const offeredIds = () => ids.value.split(" ")

/** @param {string} id */
export const isOffered = (id) => offeredIds().includes(id)

/** @param {string | undefined} id @returns {Instrument | undefined} */
export const knownBy = (id) => known().find((one) => one.id === id)

/** Whether what lies here was read: before that, one may be missing that is there. */
export const areRead = () => learned.value !== null

/** Done once it was. */
export const whenRead = () => reading

/** Asks the installation once for each person and start of the page, where something is about to be offered. */
export function learnOnce() {
  const who = account.peek()
  if (who?.role !== "patient" || locked.peek() || who.id === asked) return
  asked = who.id
  learnOffered().catch((fault) => {
    console.info("Which questionnaires are offered was not learned.", fault)
    asked = ""
  })
}

/** Asks the installation which it offers, and keeps them; without a network they stay as they are. */
export async function learnOffered() {
  const who = account.peek()
  if (who?.role !== "patient" || locked.peek()) return
  const { items } = await call("GET", "/api/instruments")
  const own = INSTRUMENTS.map(({ id }) => id).filter((id) => items.some((/** @type {any} */ one) => one.id === id))
  const found = { items: items.filter(isPack).map(instrumentOf), offered: own }
  await reading
  // Whoever is here by now keeps none of somebody else's installation.
  if (account.peek()?.id !== who.id || locked.peek() || JSON.stringify(found) === JSON.stringify(learned.peek())) return
  await keepNote(await journal(), { id: NOTE, ...found })
  learned.value = found
}
