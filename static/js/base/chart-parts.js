/** What every chart is set from: the room there is, the grid, a figure in words. */
import { number } from "./language.js"
import { html, useLayoutEffect, useRef, useState } from "./ui.js"

export const HIGHEST = 10

/** A figure of a table. @param {unknown} value */
export const figure = (value) => (typeof value === "number" ? number(value) : "–")

/**
 * Where a chart of `width` stands: its edges, and where a value of 0 to 10 lies.
 * @param {number} width @param {number} rem the size of the text @param {number} beside room at the right, in rem
 */
export function frame(width, rem, beside) {
  const [left, right, top] = [1.8 * rem, width - beside * rem, 1.9 * rem]
  const bottom = top + Math.max(9 * rem, Math.min(16 * rem, (right - left) * 0.58))
  return { rem, width, left, right, top, bottom, height: bottom + 1.9 * rem, y: (/** @type {number} */ value) => bottom - ((bottom - top) * value) / HIGHEST }
}

/** Three lines and their values. @param {ReturnType<typeof frame>} props */
export const Grid = ({ left, right, rem, y }) => html`
  ${[0, 5, HIGHEST].map((value) => html`
    <line class="grid" x1=${left} x2=${right} y1=${y(value)} y2=${y(value)} />
    <text class="tick" x="0" y=${y(value) + 0.3 * rem}>${value}</text>`)}`

/** The width there is, and the size of the text, which a person may have made larger. */
export function useSize() {
  const box = useRef(/** @type {HTMLElement | null} */ (null))
  const [size, setSize] = useState({ width: 320, rem: 16 })
  useLayoutEffect(() => {
    const element = /** @type {HTMLElement} */ (box.current)
    const measure = () => {
      const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
      setSize({ width: Math.max(200, element.clientWidth), rem })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => observer.disconnect()
  }, [])
  return /** @type {const} */ ([box, size])
}
