/** Rows with their labels and their held-out predictions. */
export interface GivenLabels {
  /** Held-out predictions, row-major: `classes` probabilities for each target. */
  readonly probabilities: ArrayLike<number>
  /** Class of each row's label. */
  readonly targets: Int32Array
  readonly classes: number
}

/** A row's label and the likeliest other one. */
interface Suspect {
  readonly row: number
  readonly given: number
  /** Likeliest class but the given one. */
  readonly likely: number
  /** Probability of the given label. */
  readonly ownConfidence: number
  /** `p(likely) - p(given)`, in [-1, 1]. */
  readonly margin: number
}

/** A row whose label is wrong by the estimate. */
interface ConfidentSuspect extends Suspect {
  /** Whether the likely class has at least the mean probability that it has among the rows labelled with it. */
  readonly confident: boolean
}

interface ConfidentLearning {
  /** Estimated number of rows by given class (rows of the matrix) and true class; row-major. */
  readonly counts: Float64Array
  /** Estimated number of rows whose true class is not the given one. */
  readonly errors: number
  /** Rows whose label is wrong by the estimate, the most suspect first. */
  readonly suspects: readonly ConfidentSuspect[]
}

/**
 * Confident learning (Northcutt, Jiang & Chuang 2021). The threshold of a class is the mean probability of that class
 * among the rows labelled with it (eq. 2). A row counts for the likeliest of the classes at or above their thresholds
 * (eq. 1). The counts, scaled to the number of rows of each given class (eq. 3), estimate how many rows of each class
 * have which label. Of each given class, as many rows as are estimated to be wrong are suspects: those with the least
 * probability of it ("prune by class", section 3.2) for which another class is likelier. They are ranked by that
 * probability; ranking and pruning by the margin finds fewer of the labels that were flipped at random
 * (docs/guide/disagreement.md).
 */
export function learnConfidently(given: GivenLabels): ConfidentLearning {
  const { targets, classes, probabilities } = given
  const thresholds = thresholdsOf(given)
  const counts = scaledToGiven(countConfident(given, thresholds), targets, classes)
  let errors = 0
  for (let i = 0; i < classes; i++)
    for (let j = 0; j < classes; j++) if (i !== j) errors += counts[i * classes + j]!
  const suspects = pruneByClass(given, counts).map((suspect) => {
    const { row, likely } = suspect
    return { ...suspect, confident: probabilities[row * classes + likely]! >= thresholds[likely]! }
  })
  return { counts, errors, suspects }
}

/** A row's own label beside the likeliest other one. */
export function suspicionOf({ probabilities, targets, classes }: GivenLabels, row: number): Suspect {
  const given = targets[row]!
  let likely = given === 0 ? 1 : 0
  for (let c = 0; c < classes; c++)
    if (c !== given && probabilities[row * classes + c]! > probabilities[row * classes + likely]!) likely = c
  const ownConfidence = probabilities[row * classes + given]!
  const margin = probabilities[row * classes + likely]! - ownConfidence
  return { row, given, likely, ownConfidence, margin }
}

function thresholdsOf({ probabilities, targets, classes }: GivenLabels): Float64Array {
  const sums = new Float64Array(classes)
  const rows = new Float64Array(classes)
  targets.forEach((target, row) => {
    sums[target]! += probabilities[row * classes + target]!
    rows[target]!++
  })
  // A class without rows has no mean: no row counts for it.
  return sums.map((sum, c) => (rows[c]! > 0 ? sum / rows[c]! : Infinity))
}

/** The confident joint: counts by given class, then by confident class. */
function countConfident(
  { probabilities, targets, classes }: GivenLabels,
  thresholds: Float64Array,
): Float64Array {
  const counts = new Float64Array(classes * classes)
  targets.forEach((target, row) => {
    let best = -1
    let highest = -1
    for (let c = 0; c < classes; c++) {
      const p = probabilities[row * classes + c]!
      if (p >= thresholds[c]! && p > highest) {
        best = c
        highest = p
      }
    }
    if (best >= 0) counts[target * classes + best]!++
  })
  return counts
}

/** Scales the counts of each given class to its rows; where none counts for any class, all are taken as right. */
function scaledToGiven(counts: Float64Array, targets: Int32Array, classes: number): Float64Array {
  const rows = new Float64Array(classes)
  for (const target of targets) rows[target]!++
  for (let i = 0; i < classes; i++) {
    const own = counts.subarray(i * classes, (i + 1) * classes)
    const sum = own.reduce((total, count) => total + count, 0)
    if (sum === 0) own[i] = rows[i]!
    else for (let j = 0; j < classes; j++) own[j] = (own[j]! / sum) * rows[i]!
  }
  return counts
}

/** Of each given class, the estimated number of wrong rows: those least confident of it, where another is likelier. */
function pruneByClass(given: GivenLabels, counts: Float64Array): Suspect[] {
  const { targets, classes } = given
  const suspects: Suspect[][] = Array.from({ length: classes }, () => [])
  for (let row = 0; row < targets.length; row++) {
    const suspect = suspicionOf(given, row)
    if (suspect.margin > 0) suspects[suspect.given]!.push(suspect)
  }
  return suspects
    .flatMap((ofClass, i) => {
      let wrong = -counts[i * classes + i]!
      for (let j = 0; j < classes; j++) wrong += counts[i * classes + j]!
      return ofClass.sort(mostSuspectFirst).slice(0, Math.round(wrong))
    })
    .sort(mostSuspectFirst)
}

function mostSuspectFirst(a: Suspect, b: Suspect): number {
  return a.ownConfidence - b.ownConfidence || b.margin - a.margin || a.row - b.row
}
