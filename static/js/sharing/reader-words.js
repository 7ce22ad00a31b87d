/** The words of this folder that the invited one reads; the patient's preview is drawn with them too. */
import { wordsIn } from "../base/language.js"

export const words = await wordsIn({ en: () => import("./reader-words.en.js"), es: () => import("./reader-words.es.js") })
