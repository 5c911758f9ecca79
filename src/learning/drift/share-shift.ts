import { chiSquaredTail } from '../statistics/distributions.ts'

/** How far the shares of several kinds have moved. */
export interface ShareShift {
  /** Likelihood-ratio statistic of homogeneity (Sokal & Rohlf 1995, box 17.6), kinds too rare for it taken together. */
  readonly g: number
  readonly df: number
  readonly p: number
  /** Population stability index (Siddiqi 2006), half a case added to each kind; 0.1 is some change, 0.25 much. */
  readonly psi: number
  /** What the index comes to by chance where nothing changed: `df · (1/n + 1/m)` (Yurdakul 2018). */
  readonly psiByChance: number
  /** Divergence of Jensen and Shannon (Lin 1991) in bits: 0 for equal shares, 1 where no kind is in both. */
  readonly divergence: number
}

/** Least expected count of a kind in either group, below which it goes to the rest (Cochran 1954). */
const LEAST_EXPECTED = 5

/**
 * Compares how often each kind was counted in two groups.
 *
 * @param before,now counts by kind; a kind missing on one side counts 0 there
 */
export function shareShift(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): ShareShift {
  const kinds = [...new Set([...before.keys(), ...now.keys()])]
  const pairs = kinds.map((kind): Pair => [before.get(kind) ?? 0, now.get(kind) ?? 0])
  const n = sum(pairs.map(([count]) => count))
  const m = sum(pairs.map(([, count]) => count))
  if (n === 0 || m === 0) return { g: 0, df: 0, p: 1, psi: 0, psiByChance: 0, divergence: 0 }
  const table = pooled(pairs, n, m)
  const df = table.length - 1
  const g = gStatistic(table, n, m)
  return {
    g,
    df,
    p: chiSquaredTail(g, df),
    psi: stabilityIndex(table, n, m),
    psiByChance: df * (1 / n + 1 / m),
    // Of all kinds: G is the divergence of the two groups weighted by their sizes, this of both alike.
    divergence: jensenShannon(pairs, n, m),
  }
}

type Pair = readonly [before: number, now: number]

function pooled(pairs: readonly Pair[], n: number, m: number): Pair[] {
  const least = (LEAST_EXPECTED * (n + m)) / Math.min(n, m)
  const rare = pairs.filter(([before, now]) => before + now < least)
  const kept = pairs.filter(([before, now]) => before + now >= least)
  if (rare.length === 0) return kept
  const rest: Pair = [sum(rare.map(([count]) => count)), sum(rare.map(([, count]) => count))]
  if (rest[0] + rest[1] >= least || kept.length === 0) return [...kept, rest]
  // Still too rare: with the rarest of those kept.
  kept.sort((a, b) => a[0] + a[1] - b[0] - b[1])
  const [smallest = [0, 0] as Pair, ...others] = kept
  return [...others, [rest[0] + smallest[0], rest[1] + smallest[1]]]
}

function gStatistic(table: readonly Pair[], n: number, m: number): number {
  let g = 0
  for (const [before, now] of table) {
    const share = (before + now) / (n + m)
    if (before > 0) g += before * Math.log(before / (n * share))
    if (now > 0) g += now * Math.log(now / (m * share))
  }
  return Math.max(0, 2 * g)
}

function stabilityIndex(table: readonly Pair[], n: number, m: number): number {
  const half = table.length / 2
  let index = 0
  for (const [before, now] of table) {
    const old = (before + 0.5) / (n + half)
    const current = (now + 0.5) / (m + half)
    index += (current - old) * Math.log(current / old)
  }
  return index
}

function jensenShannon(pairs: readonly Pair[], n: number, m: number): number {
  let bits = 0
  for (const [before, now] of pairs) {
    const [p, q] = [before / n, now / m]
    const middle = (p + q) / 2
    if (p > 0) bits += (p / 2) * Math.log2(p / middle)
    if (q > 0) bits += (q / 2) * Math.log2(q / middle)
  }
  return Math.max(0, bits)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
