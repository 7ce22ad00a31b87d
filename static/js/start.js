/* Runs before the first line is drawn, so that nobody sees another's page flash by, and no early press of Save is lost. */
{
  const root = document.documentElement
  const known = ["en", "es"]
  /** What this device was told before; where the browser keeps nothing for a page, nothing. */
  const stored = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(`interlude.${name}`)
    } catch {
      return null
    }
  }
  const one = (/** @type {string} */ which) => /** @type {Element} */ (document.querySelector(which))
  // In words that are still to come nothing is shown in others first.
  root.lang = [stored("language"), ...navigator.languages.map((name) => name.split("-")[0])].find((name) => known.includes(name ?? "")) ?? "en"
  if (root.lang !== "en") root.dataset.words = "to come"
  /** Theme, size of text and name as the person chose them for this device. */
  const dress = () => {
    const [theme, text, name] = ["theme", "text", "name"].map((choice) => stored(choice) ?? "")
    Object.assign(root.dataset, { theme, text })
    // Sheets that come with a later page are found once they are there.
    const rules = theme ? [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]) : []
    for (const rule of rules) if (rule instanceof CSSMediaRule && rule.media.mediaText.includes("prefers-color-scheme: dark")) dark.add(rule.media)
    for (const media of dark) media.mediaText = { dark: "all", light: "not all" }[theme] ?? "(prefers-color-scheme: dark)"
    for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll("meta[data-for]"))) {
      meta.media = theme ? (meta.dataset.for === theme ? "all" : "not all") : `(prefers-color-scheme: ${meta.dataset.for})`
    }
    const isNotes = name === "notes"
    document.title = isNotes ? "Notes" : "Interlude"
    for (const [link, plain, other] of names) link.setAttribute(link.localName === "meta" ? "content" : "href", isNotes ? other : plain)
  }
  /** @type {Set<MediaList>} */
  const dark = new Set()
  const ofLanguage = root.lang === "es" ? ".es" : ""
  const { content: soon } = /** @type {HTMLTemplateElement} */ (one("#soon"))
  const manifest = /** @type {Element} */ (soon.querySelector("link[rel=manifest]"))
  /** @type {[Element, string, string][]} */
  const names = [
    [one("meta[name='apple-mobile-web-app-title']"), "Interlude", "Notes"],
    [manifest, `/manifest${ofLanguage}.webmanifest`, `/notes${ofLanguage}.webmanifest`],
    [one("link[rel=icon]"), "/icons/mark.svg", "/icons/notes.svg"],
    [one("link[rel=apple-touch-icon]"), "/icons/icon-180.png", "/icons/notes-180.png"],
  ]
  dress()
  document.addEventListener("interlude-look", dress)
  const look = () => {
    const path = location.hash.slice(1)
    root.dataset.page = path === "" || path === "/" || path.startsWith("/entry/") ? "today" : "other"
  }
  if (stored("only-scales") === "yes") root.dataset.only = "scales"
  const role = stored("role")
  if (role) root.dataset.role = role
  look()
  if (role === "therapist" && root.dataset.page === "today") root.dataset.page = "other"
  const early = (/** @type {Event} */ event) => {
    const pressed = event.type === "submit" ? "save" : /** @type {Element} */ (event.target).id
    if (!["save", "cannot"].includes(pressed)) return
    event.preventDefault()
    root.dataset.early = pressed
  }
  for (const type of ["submit", "click"]) document.addEventListener(type, early)
  manifest.remove()
  /** A script that does not come, or stops: nothing can be kept, and that is said before anybody goes. A picture that does not come is no reason. */
  const stopped = (/** @type {Event} */ { type, target }) => {
    if (type !== "error" || target === window || target instanceof HTMLScriptElement) one("#saved").textContent = one("#did-not-start").textContent
  }
  for (const type of ["error", "unhandledrejection"]) addEventListener(type, stopped, true)
  // The page takes over once it can keep what is pressed. Only then the browser may ask for what a home screen needs.
  const takenOver = () => {
    for (const type of ["submit", "click"]) document.removeEventListener(type, early)
    for (const type of ["error", "unhandledrejection"]) removeEventListener(type, stopped, true)
    document.head.append(manifest)
  }
  document.addEventListener("interlude-ready", takenOver, { once: true })
  // index.html speaks English.
  const pageWords = /** @type {Record<string, () => Promise<{default: Record<string, string>}>>} */ ({
    en: () => import("./page-words.en.js"),
    es: () => import("./page-words.es.js"),
  })
  const parsed = new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }))
  const speak = async () => {
    const [{ translate }, { default: words }] = await Promise.all([import("./base/dom.js"), pageWords[root.lang]()])
    await parsed
    translate(words)
  }
  const spoken = root.lang === "en" || speak().catch(console.error)
  /** The scripts come once the page is read, so that its style sheet goes before them; of the words only those of its language. */
  const begin = async () => {
    await parsed
    await spoken
    delete root.dataset.words
    for (const other of soon.querySelectorAll(`[hreflang]:not([hreflang=${root.lang}])`)) other.remove()
    // Each in a turn of its own: a slow phone is to hear what is pressed between them.
    for (const part of [...soon.children]) setTimeout(() => document.head.append(part))
  }
  begin()
}
