/** The entries and sessions near an instant, and the point after a session that an entry then answers. */
import { journal } from "../accounts/account.js"
import { addDays } from "../base/time.js"
import { all } from "../records/store.js"
import { pointAt } from "./points.js"

/** Long enough for today in any zone, and for what is asked and counted after a session. */
const LOOKS_BACK_DAYS = 10

/** The entries and sessions on this device that have to do with an instant. @param {string} at */
export async function around(at) {
  const db = await journal()
  const from = addDays(at.slice(0, 10), -LOOKS_BACK_DAYS)
  const [entries, sessions] = await Promise.all([all(db, "check_in", from), all(db, "treatment_session", from)])
  return { entries, sessions: sessions.map(({ id, record }) => ({ ...record.values, id, starts_at: record.values.starts_at })) }
}

/** The point after a session that an entry answers, as values of it. @param {string} at */
export async function pointOf(at) {
  const { entries, sessions } = await around(at)
  return pointAt(sessions, entries.map(({ record }) => record.values), at)
}
