/** What a notification says, in English. The first two are also what the server sends. */

export default {
  neutral: "A moment for your journal",
  last: "No more reminders until you open this again",
  write: "Write",
  not_now: "Not now",
}
