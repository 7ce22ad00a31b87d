/* Runs before the first line is drawn, so that nobody sees another's page flash by, and no early press of Save is lost. */
{
  const root = document.documentElement
  const known = ["en", "es"]
  // In words that are still to come nothing is shown in others first.
  root.lang = [localStorage.getItem("interlude.language"), ...navigator.languages.map((name) => name.split("-")[0])].find((one) => known.includes(one ?? "")) ?? "en"
  if (root.lang !== "en") root.dataset.words = "to come"
  const look = () => {
    const path = location.hash.slice(1)
    root.dataset.page = path === "" || path === "/" || path.startsWith("/entry/") ? "today" : "other"
  }
  if (localStorage.getItem("interlude.only-scales") === "yes") root.dataset.only = "scales"
  const role = localStorage.getItem("interlude.role")
  if (role) root.dataset.role = role
  look()
  if (role === "therapist" && root.dataset.page === "today") root.dataset.page = "other"
  const early = (/** @type {Event} */ event) => {
    event.preventDefault()
    root.dataset.early = "save"
  }
  document.addEventListener("submit", early)
  // The page takes over once it can keep what is pressed.
  document.addEventListener("interlude-ready", () => document.removeEventListener("submit", early), { once: true })
}
