/** The words of this folder. */
import { wordsIn } from "../base/language.js"

export const words = await wordsIn({ en: () => import("./words.en.js"), es: () => import("./words.es.js") })
