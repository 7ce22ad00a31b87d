/** The therapist's list as it was last answered: each new answer is a look that its people see, so none is asked for in vain. */
import { itemsOf, useAnswer } from "../base/answer.js"
import { call } from "../base/api.js"
import { useEffect, useState } from "../base/ui.js"

/** @type {any[]} */
let last = []

/** The list, asked for anew. */
export function useShared() {
  const { value, fault } = useAnswer("/api/shared")
  if (value) last = itemsOf(value)
  return { people: value ? last : [], fault, isHere: value !== null }
}

/** One row of the list; asked for where it is not known yet. @param {string} id @returns {any} null while it is not known */
export function usePerson(id) {
  const [person, setPerson] = useState(() => of(id))
  useEffect(() => {
    if (person) return
    call("GET", "/api/shared").then((value) => {
      last = itemsOf(value)
      setPerson(of(id) ?? {})
    }, () => setPerson({}))
  }, [])
  return person
}

/** @param {string} id */
const of = (id) => last.find((one) => one.consent_id === id) ?? null
