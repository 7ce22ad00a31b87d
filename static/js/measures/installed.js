/** Which questionnaires an installation offers, and which of them stands in the place of one that it does not. Pure. */
import { INSTRUMENTS } from "./instruments.js"

/** Those of the product that are offered where nothing else was learned. */
export const BY_DEFAULT = INSTRUMENTS.filter(({ stands_for }) => !stands_for).map(({ id }) => id)

/** The other one of a pair: what stands for it, or what it stands for. @param {string} id */
const otherOf = (id) => INSTRUMENTS.find(({ stands_for }) => stands_for === id)?.id ?? INSTRUMENTS.find((one) => one.id === id)?.stands_for ?? ""

/** The one that is offered where `id` would be; undefined where none is. @param {string} id @param {string[]} offered ids */
export const inPlaceOf = (id, offered) => [id, otherOf(id)].find((one) => offered.includes(one))

/** These as they are offered here, each once; what is not offered is left out. @param {string[]} ids @param {string[]} offered ids */
export const asOffered = (ids, offered) => [...new Set(ids.flatMap((id) => inPlaceOf(id, offered) ?? []))]
