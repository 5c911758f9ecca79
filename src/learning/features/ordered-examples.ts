import { LearningError } from '../errors.ts'

interface OrderedExamples {
  readonly texts: readonly string[]
  readonly targets: Int32Array
  readonly labels: readonly string[]
  /** Number of the distinct text of each row. */
  readonly groupOf: Int32Array
  /** Where each row was among those given. */
  readonly order: Int32Array
}

/** Rows by text, then label; labels by code unit: the order in which rows came leaves no trace. */
export function inCanonicalOrder(input: {
  readonly texts: readonly string[]
  readonly labels: readonly string[]
}): OrderedExamples {
  const { texts, labels } = input
  if (texts.length !== labels.length) {
    throw new LearningError('LENGTH_MISMATCH', `${texts.length} texts, but ${labels.length} labels`)
  }
  const names = [...new Set(labels)].sort()
  if (names.length < 2) {
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs at least two labels, not ${names.length}`)
  }
  const classOf = new Map(names.map((name, c) => [name, c]))
  const order = [...texts.keys()].sort((a, b) => {
    if (texts[a]! !== texts[b]!) return texts[a]! < texts[b]! ? -1 : 1
    return classOf.get(labels[a]!)! - classOf.get(labels[b]!)!
  })
  const sorted = order.map((row) => texts[row]!)
  const groupOf = new Int32Array(order.length)
  for (let row = 1; row < order.length; row++) {
    groupOf[row] = groupOf[row - 1]! + (sorted[row] === sorted[row - 1] ? 0 : 1)
  }
  return {
    texts: sorted,
    targets: Int32Array.from(order, (row) => classOf.get(labels[row]!)!),
    labels: names,
    groupOf,
    order: Int32Array.from(order),
  }
}
