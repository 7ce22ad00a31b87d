/** Questions and meetings: what is open, what is brought along, what a form becomes. Pure. */

/** @typedef {{id: string, record: {values: Record<string, any>}}} Row */

/** Those to be asked, the oldest first; and those talked about, the newest first. @template {Row} T @param {T[]} rows newest first */
export const sorted = (rows) => ({
  open: rows.filter(({ record }) => !record.values.settled_at).toReversed(),
  settled: rows.filter(({ record }) => record.values.settled_at).toSorted((a, b) => (a.record.values.settled_at < b.record.values.settled_at ? 1 : -1)),
})

/** The last meeting that has begun. @param {Row[]} meetings @param {string} now @returns {Row | undefined} */
export const lastMeeting = (meetings, now) =>
  meetings.filter(({ record }) => record.values.starts_at <= now).toSorted((a, b) => (a.record.values.starts_at < b.record.values.starts_at ? 1 : -1))[0]

/** Entries whose note was marked to bring since the last meeting. @template {Row} T @param {T[]} entries @param {Row[]} meetings @param {string} now */
export const brought = (entries, meetings, now) => {
  const since = lastMeeting(meetings, now)?.record.values.starts_at ?? ""
  return entries.filter(({ record: { values } }) => values.bring && values.note?.trim() && values.occurred_at >= since)
}

/** The values of a meeting: what the form does not ask stays as it is. @param {Record<string, any>} before @param {{starts_at: string, zone: string, with: string, agreed: string}} form */
export function meetingOf(before, form) {
  const agreed = form.agreed.split("\n").map((line) => line.trim()).filter(Boolean)
  const values = { ...before, starts_at: form.starts_at, zone: form.zone, with: form.with.trim() || null, agreed: agreed.length ? agreed : null }
  return /** @type {Record<string, any>} */ (Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)))
}
