/** Rows with the label each was given, and what models that had not seen it make of it. */
export interface GivenLabels {
  /** Row-major, a row of `classes` for each target; out of fold. */
  readonly probabilities: ArrayLike<number>
  /** Class that each row was given. */
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

/** A row whose label the estimate calls wrong. */
interface ConfidentSuspect extends Suspect {
  /** Whether it is as sure to be of the likely class as rows that were given that class are on average. */
  readonly confident: boolean
}

interface ConfidentLearning {
  /** How many rows of each given class (rows of the matrix) really are of each class, estimated; row-major. */
  readonly counts: Float64Array
  /** Rows in all, estimated, whose label is another than the given one. */
  readonly errors: number
  /** Those whose label the estimate calls wrong, the most suspect first. */
  readonly suspects: readonly ConfidentSuspect[]
}

/**
 * Confident learning (Northcutt, Jiang & Chuang 2021). A class's threshold is the mean probability that the rows
 * given it have of it (eq. 2); a row counts for the class that is likeliest among those at or above their thresholds
 * (eq. 1); the counts, scaled to how often each label was given (eq. 3), say how many rows of each class bear the label
 * of which other. Of each given class that many are suspects whose probability of it is least ("prune by class",
 * section 3.2), as far as another label is likelier; and by that probability they are ranked. Ranked and pruned by the
 * margin between the two labels instead, fewer of the labels that were flipped at random come first
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
  // A class that no row was given has nobody to set it a threshold: it takes no row from the others.
  return sums.map((sum, c) => (rows[c]! > 0 ? sum / rows[c]! : Infinity))
}

/** The confident joint: by given class, then by the class a row confidently is of. */
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

/** Scales each given class to the rows it has; one of which no row counted for any class is taken at its word. */
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

/** Of each given class as many as the estimate calls wrong, those least confident of it, where another is likelier. */
function pruneByClass(given: GivenLabels, counts: Float64Array): Suspect[] {
  const { targets, classes } = given
  const doubted: Suspect[][] = Array.from({ length: classes }, () => [])
  for (let row = 0; row < targets.length; row++) {
    const suspect = suspicionOf(given, row)
    if (suspect.margin > 0) doubted[suspect.given]!.push(suspect)
  }
  return doubted
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
