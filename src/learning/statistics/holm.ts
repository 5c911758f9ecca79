/**
 * P-values adjusted for being several (Holm 1979, "A simple sequentially rejective multiple test procedure"): those
 * below `alpha` are rejected, and the probability that any of them is rejected by chance is at most `alpha`, whatever
 * hangs together with what.
 *
 * @param pValues in any order
 * @returns in the same order, each at most 1 and no smaller than that of a smaller p-value
 */
export function holm(pValues: readonly number[]): number[] {
  const adjusted = new Array<number>(pValues.length)
  let highest = 0
  ;[...pValues.keys()]
    .sort((a, b) => pValues[a]! - pValues[b]!)
    .forEach((at, place) => {
      highest = Math.max(highest, Math.min(1, (pValues.length - place) * pValues[at]!))
      adjusted[at] = highest
    })
  return adjusted
}
