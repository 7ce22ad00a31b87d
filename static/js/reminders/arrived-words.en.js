/** What a notification says, in English. The first is also what the server sends where no words were chosen. */

export default {
  neutral: "A moment for your journal",
  write: "Write",
  not_now: "Not now",
}
