import { createRandom } from '../random.ts'

/** Agreement beyond chance: 1 when all agree, 0 when ratings are as good as drawn by lot, below 0 when worse. */
export interface Agreement {
  /** Absent where there is nothing to agree on: no unit with two ratings, or the same rating everywhere. */
  readonly alpha?: number
  /** Percentile bootstrap over units, see `measureAgreement`; absent where most samples have no alpha. */
  readonly interval?: { readonly low: number; readonly high: number }
}

export interface LabelAgreement extends Agreement {
  readonly label: string
  /** Ratings for it on units with at least two ratings. */
  readonly ratings: number
}

export interface AgreementFigures extends Agreement {
  /** Units with at least two ratings: those alone count. */
  readonly units: number
  /** Ratings on them. */
  readonly ratings: number
  /** Each label that was given, against all others taken together; in code unit order. */
  readonly labels: readonly LabelAgreement[]
}

export interface AgreementOptions {
  readonly seed: number
  /** Bootstrap samples; 1,000 by default, fewer where there are many ratings (at most two million are drawn). */
  readonly samples?: number
  /** Of the interval; 0.95 by default. */
  readonly level?: number
}

const MOST_DRAWN = 2_000_000
const FEWEST_SAMPLES = 200

/**
 * Krippendorff's alpha for nominal data with any number of observers and missing values (Krippendorff 2011,
 * "Computing Krippendorff's Alpha-Reliability", section C and D): over all ratings, and for each label against the rest.
 *
 *     alpha = 1 - (n - 1) · Σ_u Σ_c n_uc (m_u - n_uc) / (m_u - 1)  /  Σ_c n_c (n - n_c)
 *
 * with `n_uc` ratings for label `c` on unit `u`, `m_u` ratings on it, `n_c` ratings for `c` and `n` ratings at all. The
 * interval is the percentile bootstrap that draws units with replacement, which keeps its level where Krippendorff's
 * own does not (Zapf, Castell, Morawietz & Karch 2016). One set of samples serves all labels.
 *
 * @param units the ratings on each unit, one an observer
 */
export function measureAgreement(
  units: readonly (readonly string[])[],
  { seed, samples = 1000, level = 0.95 }: AgreementOptions,
): AgreementFigures {
  const paired = units.filter((ratings) => ratings.length >= 2)
  const labels = [...new Set(paired.flat())].sort()
  const tallies = paired.map((ratings) => tallyOf(ratings, labels))
  const all = createSums(labels.length)
  for (const tally of tallies) all.add(tally)

  const random = createRandom(seed)
  const drawn = { overall: [] as number[], labels: labels.map((): number[] => []) }
  const rounds = Math.min(
    samples,
    Math.max(FEWEST_SAMPLES, Math.floor(MOST_DRAWN / Math.max(1, all.ratings()))),
  )
  const sums = createSums(labels.length)
  for (let round = 0; round < rounds && tallies.length > 0; round++) {
    sums.clear()
    for (let unit = 0; unit < tallies.length; unit++) sums.add(tallies[random.below(tallies.length)]!)
    keep(drawn.overall, sums.alpha())
    for (let c = 0; c < labels.length; c++) keep(drawn.labels[c]!, sums.alphaOf(c))
  }

  const figures = (alpha: number | undefined, values: number[]): Agreement => ({
    alpha,
    ...(alpha !== undefined && values.length * 2 > rounds && { interval: percentiles(values, level) }),
  })
  return {
    units: paired.length,
    ratings: all.ratings(),
    ...figures(all.alpha(), drawn.overall),
    labels: labels.map((label, c) => ({
      label,
      ratings: all.ratingsFor(c),
      ...figures(all.alphaOf(c), drawn.labels[c]!),
    })),
  }
}

/** Of one unit: how many ratings, and how many of them for which label. */
interface Tally {
  readonly ratings: number
  readonly classes: Int32Array
  readonly counts: Int32Array
}

function tallyOf(ratings: readonly string[], labels: readonly string[]): Tally {
  const counts = new Map<number, number>()
  for (const rating of ratings) {
    const c = position(labels, rating)
    counts.set(c, (counts.get(c) ?? 0) + 1)
  }
  return {
    ratings: ratings.length,
    classes: Int32Array.from(counts.keys()),
    counts: Int32Array.from(counts.values()),
  }
}

/** By bisection: labels are in order. */
function position(labels: readonly string[], label: string): number {
  let low = 0
  let high = labels.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (labels[middle]! < label) low = middle + 1
    else high = middle
  }
  return low
}

/** What alpha is made of, for units that are added one by one. */
function createSums(classes: number) {
  const ratingsFor = new Float64Array(classes)
  const against = new Float64Array(classes)
  let ratings = 0
  return {
    clear() {
      ratingsFor.fill(0)
      against.fill(0)
      ratings = 0
    },
    add(tally: Tally) {
      ratings += tally.ratings
      for (let k = 0; k < tally.classes.length; k++) {
        const c = tally.classes[k]!
        const count = tally.counts[k]!
        ratingsFor[c] = ratingsFor[c]! + count
        against[c] = against[c]! + (count * (tally.ratings - count)) / (tally.ratings - 1)
      }
    },
    ratings: () => ratings,
    ratingsFor: (c: number) => ratingsFor[c]!,
    alpha() {
      let observed = 0
      let expected = 0
      for (let c = 0; c < classes; c++) {
        observed += against[c]!
        expected += ratingsFor[c]! * (ratings - ratingsFor[c]!)
      }
      return expected > 0 ? 1 - ((ratings - 1) * observed) / expected : undefined
    },
    /** Both labels, the one and the rest, lose the same ratings to each other: twice over twice. */
    alphaOf(c: number) {
      const expected = ratingsFor[c]! * (ratings - ratingsFor[c]!)
      return expected > 0 ? 1 - ((ratings - 1) * against[c]!) / expected : undefined
    },
  }
}

function keep(values: number[], value: number | undefined): void {
  if (value !== undefined) values.push(value)
}

/** The middle `level` of the values, between order statistics as R's default does (Hyndman & Fan 1996, type 7). */
function percentiles(values: number[], level: number): { low: number; high: number } {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = Math.floor(place)
    const above = Math.min(sorted.length - 1, below + 1)
    return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
  }
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) }
}
