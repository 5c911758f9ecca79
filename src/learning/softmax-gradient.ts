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
