/** A treatment session in words, and what its form becomes. Pure. */

export const ROUTES = /** @type {Record<string, string>} */ ({
  iv: "infusion into a vein",
  im: "injection into a muscle",
  sc: "injection under the skin",
  intranasal: "nasal spray",
  sublingual: "lozenge under the tongue",
  oral: "tablet or liquid to swallow",
})
export const STATUSES = /** @type {Record<string, string>} */ ({
  planned: "it is planned",
  happened: "it happened",
  stopped_early: "it was stopped early",
  cancelled: "it was cancelled",
})

/**
 * The values to keep; what is not said is left out.
 * @param {{starts_at: string, zone: string, status: string, route: string, dose: string}} form
 */
export function valuesOf({ starts_at, zone, status, route, dose }) {
  const dose_mg = Number(dose.replace(",", "."))
  return {
    starts_at,
    zone,
    status,
    ...(route ? { route } : {}),
    ...(dose.trim() && dose_mg > 0 ? { dose_mg } : {}),
  }
}

/** What is wrong with a dose as it was typed, or nothing. @param {string} dose */
export function doseFault(dose) {
  const value = Number(dose.replace(",", "."))
  return dose.trim() === "" || (value > 0 && value <= 2000) ? "" : "A number of milligrams, or leave it empty."
}

/** "infusion into a vein, 40 mg". @param {Record<string, any>} values */
export const sessionWords = (values) =>
  [ROUTES[values.route], values.dose_mg && `${values.dose_mg} mg`].filter(Boolean).join(", ")
