/** What the lock says, in English. */
import { counted, number } from "../base/language.js"

export default {
  /** On Today. */
  today: "Locked. What you write is kept; reading waits for you.",
  unlock: "Unlock",
  hide: "Hide",
  cover: "Tap to go on",

  title: "Locked",
  lead: "Reading what you wrote waits for you. Writing does not.",
  pin: "PIN",
  with_passkey: "Unlock with the passkey",
  opening: "One moment",
  write: "Write without unlocking",
  here: "Here and now",
  forgotten: { pin: "I don’t know the PIN any more", passkey: "The passkey is gone" },
  wrong: "That PIN does not open it. Nothing was lost; try again.",
  wait: (/** @type {string} */ wait) => `That did not open it several times. Wait ${wait}, then try again. Nothing was lost.`,
  not_shown: "The passkey was not shown. Nothing was lost; try again.",
  no_secret: "This device has no passkey that can lock something. A PIN can.",
  not_done: "Something went wrong on this device. Nothing was lost; try again.",

  way_out: {
    nobody: {
      pin: "Nobody can tell you the PIN: it is kept nowhere. The way out is to remove what is on this device, and the lock with it.",
      passkey: "Without the passkey nobody can open this. The way out is to remove what is on this device, and the lock with it.",
    },
    again: "What was sent is kept on the server. Sign in afterwards, and it is fetched again.",
    lost: (/** @type {number} */ count) => counted(count, {
      one: "1 entry is on this device alone, and would be lost.",
      other: `${number(count)} entries are on this device alone, and would be lost.`,
    }),
    none_lost: "Everything was sent: no entry would be lost.",
    nothing_here: "No entry is on this device.",
    draft: "So would what is half written.",
    back: "Keep it, and try again",
    keep: "Keep it",
    remove: "Remove what is on this device",
    not_done: "It was not removed",
    done_account: "What was on this device is removed, and the lock too. Sign in, and what was sent is fetched again.",
    done_guest: "What was on this device is removed, and the lock too.",
    done: "What was on this device is removed.",
  },

  clear: {
    title: "Clear this device",
    about: "For a phone that is not yours, or that you give away. What was written here without an account goes, with the lock if there is one. It works without a network.",
    clear: "Clear this device",
  },

  unread: {
    gone: "A part of this browser’s storage was emptied, and with it the key to what lay here: it can’t be opened any more.",
    again: "What was sent is fetched again from the server.",
    lost: (/** @type {number} */ count) => counted(count, {
      one: "1 entry had not been sent, and is lost.",
      other: `${number(count)} entries had not been sent, and are lost.`,
    }),
    read: "I have read this",
  },

  settings: {
    title: "A lock for what you wrote",
    lead: "Reading then asks for a PIN or a passkey. Writing never does, and the numbers to call and “Here and now” open without it.",
    done: "Done.",
    now: {
      device: "Nothing locks it now. Whoever opens this phone can read what you wrote.",
      pin: "A PIN locks it: as soon as you leave, and after two minutes without a touch. “Hide” does so at once.",
      passkey: "A passkey locks it: as soon as you leave, and after two minutes without a touch. “Hide” does so at once.",
    },
    take: { pin: "Lock it with a PIN", passkey: "Lock it with a passkey" },
    change: { pin: "Choose another PIN", passkey: "Make another passkey" },
    none: "Take the lock away",
    press: { pin: "Lock it with this PIN", passkey: "Go on", none: "Take it away" },
    current: "The PIN it has now",
    new: "New PIN",
    new_hint: "Four digits or more; six or more are better. Not the one that opens the phone, if somebody knows it.",
    again: "The same again",
    not_a_pin: "Four digits or more, and nothing but digits.",
    not_twice: "The two are not the same.",
    passkey_about: "The device asks for your finger, your face or its own code; twice now, once each time you open it later.",
    leave: "Leave it as it is",
    limits: "What it can do, and what not",
    limits_about: [
      "It keeps out whoever has your phone in their hands. Somebody with special tools and time may still find out a short PIN.",
      "After three wrong tries it makes them wait, longer each time, up to an hour. Without a network the wait passes while the page with the PIN is open, and stops when it is closed. Setting the phone’s clock does not shorten it.",
      "Leaving the app locks it, and so do two minutes without a touch. “Hide” does it at once, in every tab.",
      "Nobody can tell you a PIN that you forgot. The way out is to empty this device: what was sent comes back when you sign in, and what was not sent is gone.",
    ],
  },
}
