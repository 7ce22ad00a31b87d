/** What comes after the first load: all of Today that an entry can be kept without, sending, and the worker. */
import { account, journal, locked, signedOut, TO_CLEAR } from "./accounts/account.js"
import { startHeader } from "./accounts/header.js"
import { speakAs } from "./base/api.js"
import { heard, remembered } from "./base/database.js"
import { nextTurn, part } from "./base/dom.js"
import { hereZone, now } from "./base/time.js"
import { instantWords } from "./base/time-words.js"
import { route } from "./base/router.js"
import { startMore } from "./journal/more-fold.js"
import { tellSending } from "./journal/saved.js"
import { touched } from "./journal/today.js"
import { startHead } from "./journal/today-head.js"
import { hasDraft } from "./records/drafts.js"
import { sending, startSending } from "./records/sending.js"
import { effect } from "../vendor/signals-core.js"
import { startWorker } from "./worker.js"

/** Questionnaires are said on Today, in this page. */
let areForms = false

// Before any page asks the server anything.
effect(() => speakAs(account.value?.id ?? null))
// Whoever comes next, or finds it locked, sees nothing of it, on whatever page this happened.
effect(() => {
  void [account.value, locked.value]
  part("told").replaceChildren()
})

/** Begins it, once the form is about what the address says. */
export async function startRest() {
  // Before anything that may fail, or that a phone closed soon would not come to.
  finishLeft().catch((fault) => console.info("Leaving was not finished.", fault))
  // Another page may have set it.
  heard((what) => what === "unread" && tellUnread())
  heard((what) => what === "records" && keepOpen())
  heard((what) => what === "records" && account.peek()?.role === "patient" && import("./reminders/due.js").then(({ showDueHere }) => showDueHere(part("due"))))
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && (remindHere(), route.peek().path === "/" && tellOfAlerts()))
  const starts = [
    startSending,
    // The first date of all takes long to put in words.
    hereZone,
    () => instantWords(now()),
    startHead,
    () => startMore(touched),
    () => effect(() => void (locked.value, tellSending(sending.value, signedOut.value))),
    startHeader,
    () => effect(() => void (account.value, tellUnread())),
    () => effect(() => void (account.value, remindHere())),
    () => effect(() => void (account.value, locked.value, route.value.path === "/" && tellOfAlerts())),
    () => effect(() => void (account.value, route.value, showForms())),
    () => effect(() => void (account.value, locked.value || keepOpen())),
    () => void import("./device/home-screen.js").then(({ hintAt }) => hintAt(part("install"))),
    startWorker,
  ]
  for (const start of starts) {
    await nextTurn()
    try {
      start()
    } catch (fault) {
      console.info("A part of the page did not start.", fault)
    }
  }
}

/** What somebody began to take away when the page was ended. */
async function finishLeft() {
  const isLeft = (await Promise.all(["leaving", TO_CLEAR].map(remembered))).some(Boolean)
  if (isLeft) await (await import("./accounts/enter.js")).finishLeaving()
}

/** Questionnaires come where somebody has an account, or half filled one in without: a first visit does without them. */
async function showForms() {
  const isWanted = route.peek().path === "/" && (account.peek() || (await hasDraft(await journal())))
  if (!isWanted || areForms) return
  areForms = true
  const { startForms } = await import("./measures/today.js")
  startForms(part("forms"))
}

/** What of the safety plan is at hand while locked follows the plan, also where another device changed it. */
const keepOpen = () => account.peek()?.role !== "therapist" && import("./safety/plan-kept.js").then((plan) => plan.keepOpen()).catch(console.info)

/** What became of an alert; nothing for whoever has nobody to alert. */
function tellOfAlerts() {
  if (account.peek()?.role === "patient") import("./safety/told.js").then(({ showTold }) => showTold(part("told"))).catch((fault) => console.info("Alerts were not looked up.", fault))
}

/** Says, until somebody has read of it, that what lay here could not be opened any more. */
async function tellUnread() {
  const unread = await (await journal()).get("meta", "unread")
  if (unread) (await import("./lock/unread.js")).tellUnread(unread)
}

/** What a reminder needs of an open page: what is due said on Today, and the subscription that of whoever is here. */
async function remindHere() {
  const isPatient = account.peek()?.role === "patient"
  if (isPatient) import("./reminders/due.js").then(({ showDue }) => showDue(part("due")))
  else part("due").replaceChildren()
  if (globalThis.Notification?.permission === "granted") (await import("./reminders/push.js")).keepSubscription()
}
