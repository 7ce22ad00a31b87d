/** Moving a session, or saying more of how it is given. */
import { go } from "../base/router.js"
import { dayWords } from "../base/time-words.js"
import { wall } from "../base/time.js"
import { html, useEffect } from "../base/ui.js"
import { useRows } from "../records/rows.js"
import { keepSession } from "./acts.js"
import { Form } from "./form.js"
import { words } from "./words.js"

/** @param {{params: Record<string, string>}} props */
export default function Change({ params }) {
  const rows = useRows("treatment_session")
  const row = rows?.find(({ id }) => id === params.id)
  useEffect(() => void (rows && !row && go("/history", { replace: true })), [rows])
  if (!row) return html`<h1>${words.a_session}</h1>`
  const { values } = row.record
  return html`
    <h1>${words.title(dayWords(wall(values.starts_at, values.zone).day))}</h1>
    <${Form} values=${values} leave=${`#/session/${row.id}`} onKeep=${async (/** @type {Record<string, any>} */ changed) => {
      await keepSession(row, changed, words.done.saved)
      go(`/session/${row.id}`)
    }} />`
}
