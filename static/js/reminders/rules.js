/** A reminder and what became of it, in words. Pure. */

/**
 * @typedef {object} Reminder
 * @property {string} id
 * @property {string} local_time "20:30"
 * @property {number[]} weekdays 1 is Monday
 * @property {string} zone
 * @property {boolean} skip_if_logged
 * @property {string | null} [wording]
 * @property {string | null} [quiet_from]
 * @property {string | null} [quiet_to]
 * @property {string | null} [paused_until]
 */

export const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
export const LONGEST_WORDING = 120
/** What a notification says where nobody chose other words. */
export const NEUTRAL = "A moment for your journal"
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

/** What the form begins with. @param {string} zone */
export const proposed = (zone) => ({
  local_time: "20:30",
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  zone,
  skip_if_logged: true,
  wording: null,
  quiet_from: null,
  quiet_to: null,
  paused_until: null,
})

/** The one daily reminder among all. @param {any[]} reminders @returns {Reminder | undefined} */
export const dailyOf = (reminders) => reminders.find((one) => one.local_time)

/** The body of PUT /api/reminders/{id}: what may stay empty is sent as null. @param {any} form */
export function bodyOf(form) {
  const both = form.quiet_from && form.quiet_to
  return {
    local_time: form.local_time.slice(0, 5),
    weekdays: form.weekdays,
    zone: form.zone,
    skip_if_logged: form.skip_if_logged,
    wording: form.wording?.trim() || null,
    quiet_from: both ? form.quiet_from.slice(0, 5) : null,
    quiet_to: both ? form.quiet_to.slice(0, 5) : null,
    paused_until: form.paused_until || null,
  }
}

/**
 * "Every day at 20:30."; where no notification comes to this device, nothing that sounds like one.
 * @param {Reminder} reminder @param {string} today @param {(day: string) => string} dayWords @param {boolean} comes
 */
export function inWords(reminder, today, dayWords, comes) {
  if (reminder.paused_until && reminder.paused_until > today) return `Paused until ${dayWords(reminder.paused_until.slice(0, 10))}.`
  const days = reminder.weekdays.length === 7 ? "Every day" : sentence(reminder.weekdays)
  if (!comes) {
    const when = `${reminder.local_time.slice(0, 5)}${days === "Every day" ? "" : days.replace("On", " on")}`
    return `Set for ${when}. It shows here when you open the app; notifications are off on this device.`
  }
  return `${days} at ${reminder.local_time.slice(0, 5)}${reminder.skip_if_logged ? ", unless you have already written that day" : ""}.`
}

/** @param {number[]} weekdays */
function sentence(weekdays) {
  if (weekdays.toSorted().join("") === "12345") return "On weekdays"
  const names = weekdays.toSorted().map((day) => DAYS[day - 1])
  return `On ${names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0]}`
}

/** @param {number[]} days @param {number} day */
export const turned = (days, day) => (days.includes(day) ? days.filter((one) => one !== day) : [...days, day].toSorted())

const STATUS = /** @type {Record<string, string>} */ ({
  due: "waiting to be sent",
  sent: "sent",
  accepted: "handed to the notification service",
  shown: "shown",
  opened: "opened",
  skipped: "not sent: you had already written",
  expired: "not sent within two hours; it waited on Today",
  failed: "could not be delivered; it waited on Today",
})

/** "A test: shown". @param {{status: string, slot: string, action?: string | null}} delivery */
export function deliveryInWords({ status, slot, action }) {
  const words = `${STATUS[status] ?? status}${action === "not_now" ? ", answered “not now”" : ""}`
  return slot === "test" ? `A test: ${words.replace("; it waited on Today", "")}` : words
}

/** Whether notifications can be had here, and what to do where not. */
export const DEVICE = /** @type {Record<string, string>} */ ({
  on: "Notifications come to this device.",
  off: "Notifications are not turned on for this device.",
  denied: "Notifications are blocked for this site. Allow them in the settings of your browser, then come back here.",
  install: "On an iPhone or iPad, first put Interlude on the home screen (Share, then Add to Home Screen) and open it from there.",
  missing: "This browser can't show notifications. The reminder still waits on the Today page.",
})
