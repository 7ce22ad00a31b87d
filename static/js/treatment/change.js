/** Moving a session, or saying more of how it is given. */
import { go } from "../base/router.js"
import { dayWords } from "../base/time-words.js"
import { wall } from "../base/time.js"
import { html, useEffect } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { keepSession } from "./acts.js"
import { Form } from "./form.js"
import { useHalf } from "./half.js"
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
  const { draft, onHalf, onLeave, atRest } = useHalf(row)
  // As it stood when the change began: what was written to it since stays.
  const record = draft?.shown ?? row.record
  const { values } = record
  return html`
    <h1>${words.title(dayWords(wall(values.starts_at, values.zone).day))}</h1>
    ${draft && html`
      <${Form} values=${values} half=${Object.keys(draft.fields).length ? draft.fields : undefined} onHalf=${onHalf} leave=${`#/session/${row.id}`} onLeave=${onLeave}
        onKeep=${async (/** @type {Record<string, any>} */ changed) => {
          await atRest()
          await keepSession({ ...row, record }, changed, words.done.saved)
          await onLeave()
          go(`/session/${row.id}`)
        }} />`}`
}
