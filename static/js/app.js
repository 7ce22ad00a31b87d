/** Starts the page: who is here, which page the address names, the form; and, once that much is there, the rest (later.js). */
import { account, locked, recallAccount, role } from "./accounts/account.js"
import { go, route, start } from "./base/router.js"
import { element, nextTurn, part } from "./base/dom.js"
import { heard } from "./base/database.js"
import { effect } from "../vendor/signals-core.js"
import { startToday } from "./journal/today.js"
import { ringNow } from "./vault/keys.js"

const mine = ["patient", "guest"]
/** @type {import("./base/router.js").Page} */
const lockScreen = { path: "/unlock", isUnlocked: true, load: () => import("./lock/unlock.js") }
/** @type {import("./base/router.js").Page[]} */
const pages = [
  { path: "/", roles: mine, isUnlocked: true },
  { path: "/entry/:id", roles: mine },
  { path: "/history", roles: mine, load: () => import("./journal/history/history.js") },
  { path: "/history/day/:day", roles: mine, load: () => import("./journal/history/day.js") },
  { path: "/history/month/:month", roles: mine, load: () => import("./journal/history/month.js") },
  { path: "/trends", roles: mine, load: () => import("./summaries/trends.js") },
  { path: "/add-session", roles: mine, load: () => import("./treatment/add.js") },
  { path: "/session/:id", roles: mine, load: () => import("./treatment/session.js") },
  { path: "/session/:id/change", roles: mine, load: () => import("./treatment/change.js") },
  // Closed while locked: it names the session and who is near. What must stay open then is help, and the page for here and now.
  { path: "/tonight", roles: mine, load: () => import("./treatment/tonight.js") },
  { path: "/questionnaires", roles: mine, load: () => import("./measures/list.js") },
  { path: "/questionnaires/:instrument", roles: mine, load: () => import("./measures/fill.js") },
  { path: "/share", roles: ["patient"], load: () => import("./sharing/share.js") },
  { path: "/share/notes", roles: ["patient"], load: () => import("./sharing/notes.js") },
  { path: "/share/new", roles: ["patient"], load: () => import("./sharing/invite.js") },
  { path: "/share/:consent_id", roles: ["patient"], load: () => import("./sharing/preview.js") },
  { path: "/reminder", roles: ["patient"], load: () => import("./reminders/reminder.js") },
  { path: "/less", roles: ["patient"], load: () => import("./reminders/less.js") },
  { path: "/account", roles: ["patient", "therapist"], load: () => import("./accounts/settings.js") },
  { path: "/who-can-open-this", roles: ["patient", "therapist"], load: () => import("./accounts/who-can-open.js") },
  { path: "/device", load: () => import("./device/device.js") },
  { path: "/lock", roles: mine, load: () => import("./lock/settings.js") },
  { path: "/install", load: () => import("./device/install.js") },
  { path: "/kept", roles: mine, load: () => import("./device/kept.js") },
  { path: "/files", roles: ["patient"], load: () => import("./export/page.js") },
  { path: "/begin", roles: mine, load: () => import("./begin/begin.js") },
  { path: "/begin/:step", roles: mine, load: () => import("./begin/begin.js") },
  { path: "/help", isUnlocked: true, load: () => import("./safety/help.js") },
  { path: "/course", roles: mine, load: () => import("./treatment/course/page.js") },
  { path: "/course/:id/letter", roles: mine, load: () => import("./treatment/course/letter.js") },
  { path: "/watch", roles: mine, load: () => import("./treatment/watch/page.js") },
  { path: "/meetings", roles: mine, load: () => import("./treatment/meetings/page.js") },
  { path: "/medicines", roles: mine, load: () => import("./treatment/medicines/page.js") },
  { path: "/safety-plan", roles: mine, isUnlocked: true, load: () => import("./safety/plan.js") },
  { path: "/safety-plan/write", roles: mine, load: () => import("./safety/plan-write.js") },
  { path: "/medical", isUnlocked: true, load: () => import("./safety/medical.js") },
  { path: "/grounding", isUnlocked: true, load: () => import("./safety/here.js") },
  { path: "/sign-in", load: () => import("./accounts/sign-in.js") },
  { path: "/register", load: () => import("./accounts/register.js") },
  { path: "/people", roles: ["therapist"], load: () => import("./sharing/people.js") },
  { path: "/people/:consent_id", roles: ["therapist"], load: () => import("./sharing/person.js") },
  { path: "/reading-hours", roles: ["therapist"], load: () => import("./sharing/reading-hours.js") },
  lockScreen,
  // Open to a guest too: its secret has to leave the address before anybody signs in.
  { path: "/invitation/:secret", load: () => import("./sharing/invitation.js") },
]

const styles = ["chart.css", "history.css", "session.css", "pages.css", "sharing.css", "reading.css"]
const root = document.documentElement
/** Takes away what the last page drew. */
let clear = () => {}
/** What stands on the page was not drawn. */
let isStandIn = false
let turn = 0
/** What the page that was last arrived at was drawn for. */
let arrivedAt = ""

// The browser asks too early: what it would ask is kept for the page about the home screen.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault()
  import("./device/home-screen.js").then(({ keepQuestion }) => keepQuestion(event))
})

await nextTurn()
await Promise.all([recallAccount(), watchLock()])
start(pages)
const begun = startToday()
// Today can be written on before the rest comes, and is to be there soon; any other page needs it at once.
const rest = Promise.resolve(root.dataset.page === "today" && begun).then(() => import("./later.js"))
await begun
rest.then(({ startRest }) => startRest(), console.error)
// What was written on a page that is open while locked goes with it.
document.addEventListener("interlude-shut", () => {
  clear()
  show(route.peek())
})
effect(() => {
  const to = route.value
  void [account.value, locked.value]
  show(to)
})

/** @param {import("./base/router.js").Route} to */
async function show({ page, params, path, at }) {
  const mineNow = ++turn
  if (page?.roles && !page.roles.includes(role())) return turnAway(path)
  const isShut = locked.peek() && !page?.isUnlocked
  // What the page was drawn from stays nowhere.
  if (locked.peek()) clear()
  if (page && !page.load && !isShut) {
    root.dataset.page = "today"
    clear()
  } else {
    const draw = await drawing(isShut ? lockScreen : page, params, path)
    if (mineNow !== turn) return
    root.dataset.page = "other"
    draw()
  }
  arrive(`${location.hash} ${at} ${role()} ${isShut}`)
}

/**
 * Fetches a page with what it needs, and answers what draws it.
 * @param {import("./base/router.js").Page | null} page @param {Record<string, string>} params @param {string} path
 */
async function drawing(page, params, path) {
  try {
    const needs = [import("./base/focus.js"), rest, ...styles.map(styled)]
    const [{ html, render }, module] = await Promise.all([import("./base/ui.js"), page?.load?.(), ...needs])
    clear = () => render(null, part("page"))
    return () => {
      if (!module) return showInstead("no-such-page")
      if (isStandIn) part("page").replaceChildren()
      isStandIn = false
      render(html`<${module.default} key=${`${account.peek()?.id} ${path}`} params=${params} />`, part("page"))
    }
  } catch (fault) {
    console.error(fault)
    return didNotOpen
  }
}

/** What knows the lock comes only where there is one, also once another page has set it. */
async function watchLock() {
  heard((what) => what === "lock" && import("./lock/watch.js").then(({ look }) => look()))
  const { vault } = await ringNow()
  if (vault.protector.kind !== "device") await (await import("./lock/watch.js")).look()
}

/** @param {string} path what somebody asked for who may not see it */
async function turnAway(path) {
  const { placeInstead } = await import("./accounts/rules.js")
  go(placeInstead(account.peek(), path), { replace: true })
}

/** Styles that Today does without; kept back until another page is opened. @param {string} name */
function styled(name) {
  const href = new URL(`../css/${name}`, import.meta.url).href
  if (document.querySelector(`link[href="${href}"]`)) return null
  return new Promise((done) => {
    const link = element("link", { rel: "stylesheet", href })
    link.addEventListener("load", () => {
      // The start script puts the chosen colours into what has just come too.
      document.dispatchEvent(new Event("interlude-look"))
      done(null)
    })
    link.addEventListener("error", done)
    document.head.append(link)
  })
}

function didNotOpen() {
  showInstead("did-not-open")
  part("page").querySelector("button").addEventListener("click", () => location.reload())
}

/** In the place of a page, what index.html has ready: its words need nothing that may not come. @param {string} id */
function showInstead(id) {
  clear()
  isStandIn = true
  const copy = /** @type {HTMLElement} */ (part(id).cloneNode(true))
  part("page").replaceChildren(...copy.childNodes)
}

/** A new page begins at its top, also for somebody who listens to it; one that is drawn again leaves them where they are. @param {string} at */
function arrive(at) {
  for (const link of document.querySelectorAll(".words a, .for-therapist a")) {
    const is = route.peek().path.replace(/^\/history\/.*/, "/history") === link.getAttribute("href")?.slice(1)
    if (is) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
  if (arrivedAt && arrivedAt !== at) {
    scrollTo(0, 0)
    const title = /** @type {HTMLElement | null} */ (document.querySelector(root.dataset.page === "today" ? "#today h1" : "#page h1"))
    title?.setAttribute("tabindex", "-1")
    title?.focus()
    if (!title) import("./base/focus.js").then(({ awaitTitle }) => awaitTitle())
  }
  arrivedAt = at
}
