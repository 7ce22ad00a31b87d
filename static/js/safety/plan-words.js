/** The words of the safety plan. */
import { wordsIn } from "../base/language.js"

export const words = await wordsIn({ en: () => import("./plan-words.en.js"), es: () => import("./plan-words.es.js") })
