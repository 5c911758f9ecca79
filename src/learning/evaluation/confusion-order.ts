/** How often rows of one label were predicted as another. */
export interface ConfusionCount {
  readonly truth: string
  readonly label: string
  readonly count: number
}

/** Labels with those next to each other that a model confuses. */
export interface ConfusionOrder {
  readonly labels: readonly string[]
  /** The same labels, cut where neighbours are rarely confused. */
  readonly clusters: readonly (readonly string[])[]
}

/** Share of confused rows of two labels from which they stand in one cluster. */
const RELATED = 0.05

/**
 * Orders labels by single linkage: the two chains of labels that are confused most often are joined, at the ends whose
 * labels are confused more, until no confusion is left. How often two labels are confused is the number of rows of one
 * that were predicted as the other, among all rows of both. Larger chains come first, then labels with more rows.
 *
 * @param counts of all pairs, right ones too; those of 0 may be left out
 */
export function orderByConfusion(
  labels: readonly string[],
  counts: readonly ConfusionCount[],
): ConfusionOrder {
  const rows = new Map<string, number>(labels.map((label) => [label, 0]))
  for (const { truth, count } of counts) rows.set(truth, (rows.get(truth) ?? 0) + count)
  const pairs = confusedPairs(counts, rows)
  const confused = new Map(pairs.map((pair) => [keyOf(pair.one, pair.other), pair.share]))
  const between = (one: string, other: string) => confused.get(keyOf(one, other)) ?? 0

  const chainOf = new Map([...rows.keys()].map((label) => [label, [label]]))
  for (const { one, other } of pairs) {
    const left = chainOf.get(one)!
    const right = chainOf.get(other)!
    if (left === right) continue
    const joined = join(left, right, between)
    for (const label of joined) chainOf.set(label, joined)
  }
  const size = (chain: readonly string[]) => chain.reduce((sum, label) => sum + rows.get(label)!, 0)
  const chains = [...new Set(chainOf.values())].sort((a, b) => size(b) - size(a) || compareText(a[0]!, b[0]!))
  return { labels: chains.flat(), clusters: chains.flatMap((chain) => cut(chain, between)) }
}

interface ConfusedPair {
  readonly one: string
  readonly other: string
  readonly share: number
}

/** The most confused first. */
function confusedPairs(counts: readonly ConfusionCount[], rows: ReadonlyMap<string, number>): ConfusedPair[] {
  const sums = new Map<string, { one: string; other: string; count: number }>()
  for (const { truth, label, count } of counts) {
    if (truth === label || count === 0) continue
    const [one, other] = compareText(truth, label) < 0 ? [truth, label] : [label, truth]
    const key = keyOf(one, other)
    const sum = sums.get(key) ?? { one, other, count: 0 }
    sum.count += count
    sums.set(key, sum)
  }
  return [...sums.values()]
    .map(({ one, other, count }) => ({
      one,
      other,
      share: count / ((rows.get(one) ?? 0) + (rows.get(other) ?? 0)),
    }))
    .sort((a, b) => b.share - a.share || compareText(keyOf(a.one, a.other), keyOf(b.one, b.other)))
}

/** Joins two chains at the ends that are confused most. */
function join(left: string[], right: string[], between: (one: string, other: string) => number): string[] {
  const [leftFirst, leftLast, rightFirst, rightLast] = [left[0]!, left.at(-1)!, right[0]!, right.at(-1)!]
  const ways = [
    { share: between(leftLast, rightFirst), chain: () => [...left, ...right] },
    { share: between(leftLast, rightLast), chain: () => [...left, ...right.toReversed()] },
    { share: between(leftFirst, rightFirst), chain: () => [...left.toReversed(), ...right] },
    { share: between(leftFirst, rightLast), chain: () => [...right, ...left] },
  ]
  return ways.reduce((best, way) => (way.share > best.share ? way : best)).chain()
}

function cut(chain: readonly string[], between: (one: string, other: string) => number): string[][] {
  const clusters: string[][] = []
  for (const label of chain) {
    const cluster = clusters.at(-1)
    if (cluster?.some((member) => between(member, label) >= RELATED)) cluster.push(label)
    else clusters.push([label])
  }
  return clusters
}

function keyOf(one: string, other: string): string {
  return JSON.stringify(compareText(one, other) < 0 ? [one, other] : [other, one])
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
