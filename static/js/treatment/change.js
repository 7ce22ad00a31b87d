/** Moving a session, or saying more of how it is given. */
import { go } from "../base/router.js"
import { dayWords } from "../base/time-words.js"
import { wall } from "../base/time.js"
import { html, useEffect } from "../base/ui.js"
import { useHalf } from "../records/half.js"
import { useRows } from "../records/rows.js"
import { halfChangeOf, keepSession, SESSION } from "./acts.js"
import { Form } from "./form.js"
import { words } from "./words.js"

/** @param {{params: Record<string, string>}} props */
export default function Change({ params }) {
  const rows = useRows("treatment_session")
  const row = rows?.find(({ id }) => id === params.id)
  useEffect(() => void (rows && !row && go("/history", { replace: true })), [rows])
  if (!row) return html`<h1>${words.a_session}</h1>`
  return html`<${Changing} key=${row.id} row=${row} />`
}

/** @param {{row: import("../records/store.js").Row}} props */
function Changing({ row }) {
  const half = useHalf(SESSION, halfChangeOf(row.id), row.record)
  // As it stood when the change began: what was written to it since stays.
  const record = half?.draft.shown ?? row.record
  const { values } = record
  return html`
    <h1>${words.title(dayWords(wall(values.starts_at, values.zone).day))}</h1>
    ${half && html`
      <${Form} values=${values} half=${Object.keys(half.draft.fields).length ? half.draft.fields : undefined} onHalf=${half.write} leave=${`#/session/${row.id}`} onLeave=${half.drop}
        onKeep=${async (/** @type {Record<string, any>} */ changed) => {
          await half.atRest()
          await keepSession({ ...row, record }, changed, words.done.saved)
          await half.drop()
          go(`/session/${row.id}`)
        }} />`}`
}
