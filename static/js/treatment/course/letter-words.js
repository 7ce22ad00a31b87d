/** The words of a course’s letter. */
import { wordsIn } from "../../base/language.js"

export const words = await wordsIn({ en: () => import("./letter-words.en.js"), es: () => import("./letter-words.es.js") })
