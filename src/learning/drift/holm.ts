/**
 * Holm's step-down adjustment (1979): a test whose adjusted p-value is at most α may be rejected, and the chance that
 * any true hypothesis is among those rejected is at most α, however the tests hang together.
 *
 * @returns adjusted p-values in the order given
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
  const order = [...pValues.keys()].sort((a, b) => pValues[a]! - pValues[b]!)
  const adjusted = new Array<number>(pValues.length).fill(1)
  let highest = 0
  order.forEach((at, rank) => {
    highest = Math.max(highest, Math.min(1, pValues[at]! * (pValues.length - rank)))
    adjusted[at] = highest
  })
  return adjusted
}
