/** The rows of History from this device: newest first, older ones as they are asked for, and again when they change. */
import { account, journal } from "../../accounts/account.js"
import { heard } from "../../base/database.js"
import { addDays, now } from "../../base/time.js"
import { useCallback, useEffect, useRef, useState } from "../../base/ui.js"
import { all, latestBefore } from "../../records/store.js"

const KINDS = ["check_in", "treatment_session", "response"]
const DAYS_AT_ONCE = 30

/** @typedef {import("./rules.js").Row} Row */
/** @typedef {{rows: Row[] | null, isAll: boolean}} Read */

/** The rows of all kinds from one instant up to another. @param {string} from @param {string} [to] @returns {Promise<Row[]>} */
export async function between(from, to) {
  const db = await journal()
  return (await Promise.all(KINDS.map((kind) => all(db, kind, from, to)))).flat()
}

/** What there is, as far back as was asked for; `older` goes on, until `isAll`. */
export function useHistory() {
  const [read, setRead] = useState(/** @type {Read} */ ({ rows: null, isAll: false }))
  const from = useRef("")
  /** One read after the other: none overtakes what came later. */
  const line = useRef(Promise.resolve())
  const who = account.value?.id

  const older = useCallback(() => {
    line.current = line.current.then(async () => {
      const before = await latest(from.current)
      if (!before) return setRead(({ rows }) => ({ rows, isAll: true }))
      const start = addDays(before.slice(0, 10), -DAYS_AT_ONCE)
      const rows = await between(start, from.current)
      from.current = start
      setRead((last) => ({ rows: [...(last.rows ?? []), ...rows], isAll: false }))
    }).catch(console.error)
  }, [])
  useEffect(() => {
    let isHere = true
    const again = () => {
      line.current = line.current.then(async () => {
        from.current ||= await startOf(now())
        const [rows, before] = await Promise.all([between(from.current), latest(from.current)])
        if (isHere) setRead((last) => ({ rows: sameWhere(last.rows, rows), isAll: !before }))
      }).catch(console.error)
    }
    from.current = ""
    again()
    const stop = heard((what) => what === "records" && again())
    return () => {
      isHere = false
      stop()
    }
  }, [who])
  return { ...read, older }
}

/** The rows as they are now, by the same object where one is as it was: what did not change is not drawn again. @param {Row[] | null} before @param {Row[]} rows */
function sameWhere(before, rows) {
  const known = new Map((before ?? []).map((row) => [stateOf(row), row]))
  return rows.map((row) => known.get(stateOf(row)) ?? row)
}

/** @param {Row} row */
const stateOf = ({ id, waiting, refused, record }) => `${id} ${record.revision} ${record.edited_at} ${record.received_at} ${waiting} ${refused?.length}`

/** Every row, for a search; null until they are read. @param {boolean} isWanted */
export function useEverything(isWanted) {
  const [rows, setRows] = useState(/** @type {Row[] | null} */ (null))
  const who = account.value?.id
  useEffect(() => {
    if (!isWanted) return setRows(null)
    let isHere = true
    const read = () => between("").then((found) => isHere && setRows(found))
    read()
    const stop = heard((what) => what === "records" && read())
    return () => {
      isHere = false
      stop()
    }
  }, [isWanted, who])
  return rows
}

/** So many days before the newest row up to `at`. @param {string} at */
const startOf = async (at) => addDays(((await latest(addDays(at.slice(0, 10), 2))) ?? at).slice(0, 10), -DAYS_AT_ONCE)

/** When the newest row before an instant was. @param {string} at @returns {Promise<string | undefined>} */
export async function latest(at) {
  const db = await journal()
  const found = await Promise.all(KINDS.map((kind) => latestBefore(db, kind, at)))
  return found.filter((one) => one !== undefined).toSorted().at(-1)
}
