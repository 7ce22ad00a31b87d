/** What a change does to a record, and which change an edit asks for. Pure. */

/** @typedef {Record<string, any>} Values */
/**
 * @typedef {object} Wire a record as the server has it
 * @property {string} kind @property {string} id @property {number} revision @property {boolean} deleted
 * @property {string} recorded_at @property {string} edited_at @property {string | null} received_at
 * @property {Values} values @property {Record<string, string[]>} alternatives
 */
/**
 * @typedef {object} Change one in the outbox
 * @property {string} id @property {string} kind @property {string} record_id
 * @property {number | null} base_revision null: whatever the answer to the change before it says
 * @property {string} edited_at
 * @property {Values} [patch] @property {true} [delete]
 * @property {string | null} sent_at once set the change never alters: the server may have it
 * @property {{pointer: string, detail: string}[] | null} refused
 */
/** @typedef {{values: Values, alternatives: Record<string, string[]>, deleted: boolean}} State */

/** A clock may be wrong by so much. */
const AHEAD_MS = 86_400_000
/** Fields that merge by key. */
const MAPS = ["side_effects", "own", "answers", "vitals"]
/** @type {State} */
export const NOTHING = { values: {}, alternatives: {}, deleted: true }

/** The state after `change`. @param {State} state @param {Change} change @returns {State} */
export function applied(state, change) {
  if (change.delete) return NOTHING
  const { values: before, alternatives: beside } = state.deleted ? NOTHING : state
  const values = { ...before }
  const alternatives = { ...beside }
  for (const [field, value] of Object.entries(change.patch ?? {})) {
    values[field] = MAPS.includes(field) && value ? { ...values[field], ...value } : value
    delete alternatives[field]
  }
  return { values, alternatives, deleted: false }
}

/**
 * The patch that leads from one state to another: fields that differ, null for those taken back, and those whose other
 * version was just decided about.
 * @param {State} from @param {State} to @returns {Values}
 */
export function difference(from, to) {
  /** @type {Values} */
  const patch = {}
  for (const field of new Set([...Object.keys(from.values), ...Object.keys(to.values)])) {
    const before = from.values[field] ?? null
    const after = to.values[field] ?? null
    const decided = Boolean(from.alternatives[field]?.length) && !to.alternatives[field]?.length
    if (MAPS.includes(field) && after && before) {
      const keys = difference({ ...NOTHING, values: before }, { ...NOTHING, values: after })
      if (Object.keys(keys).length) patch[field] = keys
    } else if (decided || !same(before, after)) {
      patch[field] = after
    }
  }
  return patch
}

/**
 * The one change still to be made so that the record comes to `wanted`; null when there is none.
 * @param {State | null} known what the server will have, after anything already on its way; null when it has nothing
 * @param {State} wanted
 * @returns {{patch: Values} | {delete: true} | null}
 */
export function missing(known, wanted) {
  const exists = known !== null && !known.deleted
  if (wanted.deleted) return exists ? { delete: true } : null
  const patch = difference(exists ? known : NOTHING, wanted)
  return exists && !Object.keys(patch).length ? null : { patch: trimmed(patch, exists) }
}

/**
 * Which revision the change behind an answered one was based on. The answer's, when it holds nothing of somebody else's in
 * the fields this change touches; else the older one, so that the server keeps both.
 * @param {Change} answered @param {State} known what we expected @param {Wire} record what came @param {Change} next
 */
export function baseOfNext(answered, known, record, next) {
  const fields = next.delete ? Object.keys({ ...known.values, ...record.values }) : Object.keys(next.patch ?? {})
  const foreign = fields.some(
    (field) => !same(known.values[field] ?? null, record.values[field] ?? null) || record.alternatives[field]?.length,
  )
  return foreign || known.deleted !== record.deleted ? answered.base_revision : record.revision
}

/**
 * The other versions of a text that are still to be decided about: not of a field that was just changed or `decided`.
 * @param {State} before @param {Values} values @param {string[]} decided
 */
export function undecided(before, values, decided) {
  return Object.fromEntries(
    Object.entries(before.alternatives).filter(
      ([field]) => !decided.includes(field) && same(before.values[field] ?? null, values[field] ?? null),
    ),
  )
}

/**
 * What an edit wants of a record that changed since it was `shown`: a field the edit left alone stands as it is now.
 * @param {Values} shown @param {Values} edited @param {Values} before as it stands now @returns {Values}
 */
export function rebased(shown, edited, before) {
  const fields = new Set([...Object.keys(edited), ...Object.keys(before)])
  return Object.fromEntries([...fields].map((field) => [field, (isLeft(shown, edited, field) ? before : edited)[field] ?? null]))
}

/** Whether the edit changes a field that somebody else wrote since it was `shown`. @param {State} shown @param {Values} edited @param {State} before */
export const isCrossed = (shown, edited, before) =>
  Object.keys({ ...shown.values, ...edited }).some(
    (field) =>
      !isLeft(shown.values, edited, field) &&
      !(isLeft(shown.values, before.values, field) && same(shown.alternatives[field] ?? [], before.alternatives[field] ?? [])),
  )

/**
 * The state before one version was chosen. Where the server knows of the choice (`known` has no other versions), what was not
 * chosen is written again, beside it.
 * @param {State} chosen as it stands now @param {State} shown as it stood before the choice @param {State | null} known
 * @returns {State}
 */
export function unchosen(chosen, shown, known) {
  const values = { ...chosen.values }
  const alternatives = { ...chosen.alternatives }
  for (const [field, others] of Object.entries(shown.alternatives)) {
    const versions = [shown.values[field] ?? "", ...others]
    const kept = chosen.values[field] ?? ""
    const isTold = !known?.alternatives[field]?.length
    const rest = versions.filter((version) => version && version !== kept)
    values[field] = isTold ? rest.join("\n\n") : versions[0]
    alternatives[field] = isTold ? [kept] : others
  }
  return { values, alternatives, deleted: false }
}

/** @param {Values} from @param {Values} to @param {string} field */
const isLeft = (from, to, field) => same(from[field] ?? null, to[field] ?? null)

/**
 * The values of a response as they count: it was completed no later than it was recorded, which the server's clock bounds,
 * however far ahead the phone's was.
 * @param {{recorded_at: string, values: Values}} record
 */
export const counted = ({ recorded_at, values }) =>
  Date.parse(values.completed_at) > Date.parse(recorded_at) + AHEAD_MS ? { ...values, completed_at: recorded_at } : values

/** When it was felt, begins or was answered; what a list is ordered by. @param {Values} values @param {string} otherwise */
export const instantIn = (values, otherwise) => values.occurred_at ?? values.starts_at ?? values.completed_at ?? otherwise

/** @param {Values} patch @param {boolean} exists */
const trimmed = (patch, exists) =>
  exists ? patch : Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null))

/** Equal as values, whatever the order of keys. @param {any} a @param {any} b @returns {boolean} */
export function same(a, b) {
  if (a === b) return true
  if (typeof a !== "object" || typeof b !== "object" || !a || !b || Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]))
}
