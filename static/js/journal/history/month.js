/** A month as a calendar: each day up to today leads to its page, underlined where it holds something. Nothing is counted and nothing coloured. */
import { account } from "../../accounts/account.js"
import { locale } from "../../base/language.js"
import { addDays, format, hereZone, localDay, now } from "../../base/time.js"
import { dayWords } from "../../base/time-words.js"
import { html, useEffect, useState } from "../../base/ui.js"
import { useRange } from "./day.js"
import { latest } from "./reading.js"
import { byDay, isMonth, monthsOn, weeksOf } from "./rules.js"
import { words } from "./words.js"

/** @param {{params: Record<string, string>}} props */
export default function Month({ params: { month } }) {
  const first = isMonth(month) ? `${month}-01` : ""
  const rows = useRange(first && addDays(first, -1), first && addDays(`${monthsOn(month, 1)}-01`, 2))
  const [hasOlder, setOlder] = useState(false)
  useEffect(() => void (first && latest(first).then((at) => setOlder(at !== undefined))), [first, rows])
  if (!first) return html`<h1>${words.no_such_day}</h1><p class="lead"><a href="#/history">${words.all_days}</a></p>`
  const days = new Map(byDay(rows ?? [], account.value?.day_starts_at))
  const title = format({ timeZone: "UTC", month: "long", year: "numeric" }, locale).format(new Date(`${first}T12:00Z`))
  const today = localDay(now(), hereZone(), account.value?.day_starts_at)
  const isPast = month < today.slice(0, 7)
  const isEmpty = rows && ![...days.keys()].some((day) => day.startsWith(month))
  return html`
    <h1>${title}</h1>
    <p class="lead ways">
      ${hasOlder && html`<a href=${`#/history/month/${monthsOn(month, -1)}`}>${words.month_before}</a>`}
      ${isPast && html`<a href=${`#/history/month/${monthsOn(month, 1)}`}>${words.month_after}</a>`}
      <a href="#/history">${words.all_days}</a></p>
    <table class="month" aria-label=${title}>
      <thead><tr>${weekdays().map(({ narrow, short, long }) => html`<th scope="col" key=${long} aria-label=${long}><abbr data-narrow=${narrow}>${short}</abbr></th>`)}</tr></thead>
      <tbody>${weeksOf(month, firstDay()).map((week, i) => html`
        <tr key=${i}>${week.map((day, j) => html`<td key=${j}>${day && html`<${Cell} day=${day} rows=${days.get(day)} isToCome=${day > today} />`}</td>`)}</tr>`)}</tbody>
    </table>
    <p class="small soft" role="status">${isEmpty ? words.month_empty : ""}</p>`
}

/** @param {{day: string, rows?: import("./rules.js").Row[], isToCome: boolean}} props */
function Cell({ day, rows = [], isToCome }) {
  const number = Number(day.slice(8))
  if (!rows.length && isToCome) return html`<span class="soft">${number}</span>`
  const hasSession = rows.some(({ kind }) => kind === "treatment_session")
  const hasEntry = rows.some(({ kind }) => kind !== "treatment_session")
  const holds = [hasEntry && words.has_entry, hasSession && words.has_session].filter(Boolean).join(", ") || words.has_nothing
  return html`<a class=${rows.length ? "" : "bare"} href=${`#/history/day/${day}`} aria-label=${`${dayWords(day)}: ${holds}`}>${number}${hasSession && html`<span class="caesura">//</span>`}</a>`
}

/** 1 is Monday, where a week begins for this person. @returns {number} */
function firstDay() {
  const here = /** @type {any} */ (new Intl.Locale(locale))
  return (here.getWeekInfo?.() ?? here.weekInfo)?.firstDay ?? 1
}

function weekdays() {
  return Array.from({ length: 7 }, (_, i) => {
    // 4 January 2026 was a Sunday.
    const day = new Date(`${addDays("2026-01-04", (firstDay() % 7) + i)}T12:00Z`)
    const named = (/** @type {"long" | "short" | "narrow"} */ weekday) => format({ timeZone: "UTC", weekday }, locale).format(day)
    return { narrow: named("narrow"), short: named("short"), long: named("long") }
  })
}
