/** The words of the chart; apart from those of every page, since Today draws none. */
import { wordsIn } from "./language.js"

export const words = await wordsIn({ en: () => import("./chart-words.en.js"), es: () => import("./chart-words.es.js") })
