/**
 * Adjusted p-values, in the order given: all those at most `α` may be called significant, and the probability that
 * any of them is so by chance alone stays at most `α` (Holm 1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length)
  let highest = 0
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]! || a - b)
  order.forEach((test, place) => {
    highest = Math.max(highest, Math.min(1, pValues[test]! * (pValues.length - place)))
    adjusted[test] = highest
  })
  return adjusted
}
