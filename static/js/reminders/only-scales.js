/** Whether Today shows the three scales alone. Kept where start.js finds it before the first line is drawn. */

const KEY = "interlude.only-scales"

export const isOnlyScales = () => localStorage.getItem(KEY) === "yes"

/** @param {boolean} isWanted */
export function onlyScales(isWanted) {
  if (isWanted) localStorage.setItem(KEY, "yes")
  else localStorage.removeItem(KEY)
  document.documentElement.dataset.only = isWanted ? "scales" : ""
}
