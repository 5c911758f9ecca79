/**
 * Area under the risk–coverage curve (Geifman & El-Yaniv 2017; their AURC in Geifman, Uziel & El-Yaniv 2019, eq. 1): the
 * mean, over every number of rows that could be assigned, the most confident first, of the share of wrong ones among
 * them. Rows of equal confidence count as if their wrong ones were spread evenly among them. 0 without rows.
 */
export function areaUnderRiskCoverage(confidences: Float64Array, correct: Uint8Array): number {
  const n = confidences.length
  const order = Int32Array.from(confidences.keys()).sort((a, b) => confidences[b]! - confidences[a]!)
  let area = 0
  let wrong = 0
  for (let from = 0; from < n; ) {
    let to = from
    let among = 0
    while (to < n && confidences[order[to]!] === confidences[order[from]!])
      among += 1 - correct[order[to++]!]!
    for (let at = from; at < to; at++) {
      wrong += among / (to - from)
      area += wrong / (at + 1)
    }
    from = to
  }
  return n > 0 ? area / n : 0
}
