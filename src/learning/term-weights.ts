/** Euclidean length of each view (words, characters) of a row that has any. */
const VIEW_LENGTH = 1

/** Counts above this weigh the same. */
export const MAX_COUNT = 255
const dampened = Float64Array.from({ length: MAX_COUNT + 1 }, (_, n) => (n === 0 ? 0 : 1 + Math.log(n)))

/** Sublinear tf-idf: `(1 + ln count) · idf`. */
export function termWeight(count: number, idf: number): number {
  return dampened[Math.min(count, MAX_COUNT)]! * idf
}

/** Scales `values[from … to - 1]` to Euclidean length `VIEW_LENGTH`; an empty view stays empty. */
export function scaleView(values: Float32Array, from: number, to: number): void {
  let squares = 0
  for (let at = from; at < to; at++) squares += values[at]! * values[at]!
  if (squares === 0) return
  const scale = VIEW_LENGTH / Math.sqrt(squares)
  for (let at = from; at < to; at++) values[at] = values[at]! * scale
}
