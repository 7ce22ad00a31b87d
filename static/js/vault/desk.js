/**
 * The way to what is sealed. WebCrypto is not to be awaited inside a transaction, so rows are read and opened, decided about,
 * sealed, and written in one transaction that first looks whether they still are what was read; if not, all of it runs again.
 */
import { STRICT } from "../base/database.js"
import { isSameSeal, keyFor, ringNow, seal, unseal } from "./keys.js"

/** @typedef {"records" | "outbox" | "drafts" | "notes"} Store */
/** @typedef {{id: string, sealed?: import("./keys.js").Bytes, [outside: string]: any}} Lying a row as it lies in the database */
/** @typedef {(tx: any) => Promise<(Lying | undefined)[]>} Read */

/** What stands outside, for the indexes and for counting. @type {Record<Store, (row: any) => Lying>} */
const OUTSIDE = {
  records: ({ id, kind, at }) => ({ id, kind, at }),
  outbox: ({ id, record_id, refused }) => ({ id, record_id, is_refused: Boolean(refused) }),
  drafts: ({ id }) => ({ id }),
  notes: ({ id }) => ({ id }),
}
export const STORES = /** @type {Store[]} */ (Object.keys(OUTSIDE))
/** Each turn lost is one that another page won. */
const MOST_TURNS = 100

/** Nothing here can be read, nor what is here written over, before the app is unlocked. */
export class Locked extends Error {}

/** Whether what is here can be read now. */
export const isOpen = async () => Boolean((await ringNow()).root)

/**
 * Lets `decide` read and write rows on a desk, and puts what it wrote on disk, all of it or nothing, before this answers what
 * `decide` did. It may run more than once.
 * @template T @param {any} db @param {(desk: Desk) => Promise<T> | T} decide @returns {Promise<T>}
 */
export async function change(db, decide) {
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const { open, mine } = await keyFor(db)
    const desk = new Desk(db, open, mine)
    const answer = await decide(desk)
    if (await desk.isKept()) return answer
  }
  throw new Error("Other pages went on writing.")
}

/** Rows of a store, opened; none while locked. @param {any} db @param {Store} store @param {(Lying | undefined)[]} lying @returns {Promise<any[]>} */
export async function opened(db, store, lying) {
  const { open, mine } = await keyFor(db)
  return mine ? Promise.all(lying.filter((one) => one !== undefined).map((one) => rowOf(db, open, mine.key, store, one))) : []
}

/** A row as it is to lie. @param {any} db @param {CryptoKey} key @param {Store} store @param {any} row @returns {Promise<Lying>} */
export const lyingOf = async (db, key, store, row) => ({ ...OUTSIDE[store](row), sealed: await seal(key, placeOf(db, store, row.id), row) })

/** What a sealed row is bound to. @param {any} db @param {Store} store @param {string} id */
export const placeOf = (db, store, id) => `${db.name}|${store}|${id}`

export class Desk {
  /** @type {Map<string, {store: Store, id: string, row: any, isWritten?: true}>} by place */
  #rows = new Map()
  /** @type {Map<string, unknown>} */
  #meta = new Map()
  /** @type {{read: Read, found: (Lying | undefined)[]}[]} */
  #seen = []
  #db
  #open
  #mine

  /** @param {any} db @param {import("./keys.js").Ring} open @param {import("./keys.js").DataKey | null} mine null while locked */
  constructor(db, open, mine) {
    this.#db = db
    this.#open = open
    this.#mine = mine
  }

  /** While locked only what is new can be written. */
  get isLocked() {
    return !this.#mine
  }

  /** Lays rows on the desk. @param {Store} store @param {string[]} ids */
  load(store, ids) {
    return this.#lay(store, (tx) => Promise.all(ids.map((id) => tx.objectStore(store).get(id))))
  }

  /** @param {Store} store */
  loadAll(store) {
    return this.#lay(store, (tx) => tx.objectStore(store).getAll())
  }

  /** Lays on the desk what is to be sent of some records. @param {string[]} recordIds */
  loadChangesOf(recordIds) {
    return this.#lay("outbox", async (tx) => {
      const index = tx.objectStore("outbox").index("record_id")
      return (await Promise.all(recordIds.map((id) => index.getAll(id)))).flat()
    })
  }

  /** What is written only if it still stands when all is put on disk. @param {Read} read */
  async see(read) {
    const found = await read(this.#db.transaction([...STORES, "boxed"]))
    this.#seen.push({ read, found })
    return found
  }

  /** Whether a row lies in the database, also one that can't be read now. @param {Store} store @param {string} id */
  async isThere(store, id) {
    const found = await this.see((tx) => Promise.all([tx.objectStore(store).get(id), tx.objectStore("boxed").get([store, id])]))
    return found.some((one) => one !== undefined)
  }

  /** A row of this desk. @param {Store} store @param {string} id */
  get(store, id) {
    return this.#rows.get(placeOf(this.#db, store, id))?.row
  }

  /** Those of one store, by id. @param {Store} store @param {(row: any) => boolean} [isMeant] @returns {any[]} */
  all(store, isMeant = () => true) {
    const found = [...this.#rows.values()].filter((one) => one.store === store && one.row && isMeant(one.row))
    return found.map(({ row }) => row).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** @param {Store} store @param {any} row */
  put(store, row) {
    this.#rows.set(placeOf(this.#db, store, row.id), { store, id: row.id, row, isWritten: true })
  }

  /** @param {Store} store @param {string} id */
  delete(store, id) {
    this.#rows.set(placeOf(this.#db, store, id), { store, id, row: undefined, isWritten: true })
  }

  /** Keeps what tells nothing, and lies open. @param {string} name @param {unknown} value */
  note(name, value) {
    this.#meta.set(name, value)
  }

  /** Whether it is on disk; not where somebody else wrote meanwhile what this was decided on. */
  async isKept() {
    const written = [...this.#rows.values()].filter((one) => one.isWritten)
    if (!written.length && !this.#meta.size) return true
    const lying = await Promise.all(written.map(({ store, id, row }) => this.#lyingOf(store, id, row)))
    const tx = this.#db.transaction([...STORES, "boxed", "meta"], "readwrite", STRICT)
    if (await this.#isStillSo(tx)) {
      const orders = lying.flatMap(({ store, id, row }) => [
        !(row && this.isLocked) && tx.objectStore("boxed").delete([store, id]),
        row ? tx.objectStore(this.isLocked ? "boxed" : store).put(row) : tx.objectStore(store).delete(id),
      ])
      const notes = [...this.#meta].map(([name, value]) => tx.objectStore("meta").put(value, name))
      await Promise.all([...orders, ...notes, tx.done])
      this.#recall(lying)
      return true
    }
    await tx.done
    return false
  }

  /** @param {Store} store @param {Read} read */
  async #lay(store, read) {
    const lying = (await this.see(read)).filter((one) => one !== undefined)
    const mine = this.#mine
    if (!mine && lying.length) throw new Locked("It lies sealed.")
    if (!mine) return
    for (const row of await Promise.all(lying.map((one) => rowOf(this.#db, this.#open, mine.key, store, one)))) {
      const place = placeOf(this.#db, store, row.id)
      if (!this.#rows.has(place)) this.#rows.set(place, { store, id: row.id, row })
    }
  }

  /** @param {Store} store @param {string} id @param {any} row */
  async #lyingOf(store, id, row) {
    if (!row) return { store, id }
    if (this.#mine) return { store, id, row: await lyingOf(this.#db, this.#mine.key, store, row), open: row }
    const { boxOf } = await import("./box.js")
    return { store, id, row: { ...OUTSIDE[store](row), store, sealed: await boxOf(this.#open.vault, placeOf(this.#db, store, id), row) } }
  }

  /** @param {any} tx */
  async #isStillSo(tx) {
    const [wrapped, ...now] = await Promise.all([tx.objectStore("meta").get("key"), ...this.#seen.map(({ read }) => read(tx))])
    // The database was removed and made anew: what is sealed here could never be opened there.
    if (this.#mine && !isSameSeal(wrapped, this.#mine.wrapped)) throw new Error("This database has another key.")
    return now.every((lying, i) => isSame(lying, this.#seen[i].found))
  }

  /** @param {{store: Store, id: string, row?: Lying, open?: any}[]} lying */
  #recall(lying) {
    for (const { store, id, row, open } of lying) {
      const place = placeOf(this.#db, store, id)
      if (row?.sealed && open) this.#open.rows.set(place, { seal: row.sealed, row: open })
      else this.#open.rows.delete(place)
    }
  }
}

/** @param {any} db @param {import("./keys.js").Ring} open @param {CryptoKey} key @param {Store} store @param {Lying} lying */
async function rowOf(db, open, key, store, lying) {
  if (!lying.sealed) return lying
  const place = placeOf(db, store, lying.id)
  const known = open.rows.get(place)
  if (known && isSameSeal(known.seal, lying.sealed)) return known.row
  const row = await unseal(key, place, lying.sealed)
  open.rows.set(place, { seal: lying.sealed, row })
  return row
}

/** @param {(Lying | undefined)[]} a @param {(Lying | undefined)[]} b */
const isSame = (a, b) => a.length === b.length && a.every((one, i) => one?.id === b[i]?.id && isSameSeal(one?.sealed, b[i]?.sealed))
