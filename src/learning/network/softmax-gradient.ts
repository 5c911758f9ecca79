import type { SparseRows } from '../features/vectorizer.ts'
import type { Random } from '../random.ts'

/** Components of a gradient at most this large are not applied: nearly all classes, once a row is learnt. */
const NEGLIGIBLE = 0.005
/** A class whose logit is this far below the highest has no probability worth computing: e^-16 is 1e-7. */
const HOPELESS = -16

/** The gradient of the loss by the logits of one row, without what is negligible. */
interface SoftmaxGradient {
  /** Classes that have a component, in `[0, found)`. */
  readonly active: Int32Array
  /** Their components. */
  readonly components: Float64Array
  /** Computes `softmax(logits) - onehot(target)`, over `logits`; says how many components were found. */
  of(logits: Float64Array, target: number): number
}

export function createSoftmaxGradient(classes: number): SoftmaxGradient {
  const active = new Int32Array(classes)
  const components = new Float64Array(classes)
  return {
    active,
    components,
    of(logits, target) {
      let highest = -Infinity
      for (let c = 0; c < classes; c++) if (logits[c]! > highest) highest = logits[c]!
      let sum = 0
      for (let c = 0; c < classes; c++) {
        const behind = logits[c]! - highest
        const e = behind < HOPELESS ? 0 : Math.exp(behind)
        logits[c] = e
        sum += e
      }
      let found = 0
      for (let c = 0; c < classes; c++) {
        const component = logits[c]! / sum - (c === target ? 1 : 0)
        if (component <= NEGLIGIBLE && component >= -NEGLIGIBLE) continue
        active[found] = c
        components[found++] = component
      }
      return found
    },
  }
}

/** Draws rows with some of their entries left out; what it drew last is in `indices` and `values`. */
interface RowSampler {
  readonly indices: Int32Array
  readonly values: Float32Array
  /** Says how many entries were drawn. */
  draw(row: number): number
}

/** @param dropout share of a row's entries left out at each draw, in [0, 1); those kept are scaled up to make good */
export function createRowSampler(rows: SparseRows, dropout: number, random: Random): RowSampler {
  const { offsets } = rows
  let longest = 0
  for (let row = 0; row < rows.size; row++) longest = Math.max(longest, offsets[row + 1]! - offsets[row]!)
  const indices = new Int32Array(longest)
  const values = new Float32Array(longest)
  const kept = 1 - dropout
  return {
    indices,
    values,
    draw(row) {
      const to = offsets[row + 1]!
      let size = 0
      for (let at = offsets[row]!; at < to; at++) {
        if (dropout > 0 && random.next() >= kept) continue
        indices[size] = rows.indices[at]!
        values[size++] = rows.values[at]! / kept
      }
      return size
    },
  }
}
