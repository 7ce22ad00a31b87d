/** The words of this folder that a patient reads; those of the other side are in reader-words.js. */
import { wordsIn } from "../base/language.js"

export const words = await wordsIn({ en: () => import("./words.en.js"), es: () => import("./words.es.js") })
