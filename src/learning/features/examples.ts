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
    throw new LearningError('LENGTH_MISMATCH', `${texts.length} texts have ${labels.length} labels`)
  }
  const names = [...new Set(labels)].sort()
  if (names.length < 2) {
    throw new LearningError('TOO_FEW_LABELS', `a classifier needs two labels, these are ${names.length}`)
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

/** Rows that are no examples: what labels are called, and are said to mean. */
interface LabelTexts {
  readonly texts: readonly string[]
  readonly targets: readonly number[]
}

/**
 * A text for each label whose name or description has words: `card_arrival` says what its posts are about before
 * anyone has labelled one. One such text among five examples is worth five points of accuracy, and nothing among a
 * hundred (docs/learning.md).
 *
 * @param labels by class
 * @param descriptions by label
 */
export function labelTexts(
  labels: readonly string[],
  descriptions: Readonly<Record<string, string>> = {},
): LabelTexts {
  const texts: string[] = []
  const targets: number[] = []
  for (const [target, label] of labels.entries()) {
    const description = Object.hasOwn(descriptions, label) ? descriptions[label]! : ''
    const text = `${wordsOfLabel(label)} ${description}`.trim()
    if (!/\p{L}{2}/u.test(text)) continue
    texts.push(text)
    targets.push(target)
  }
  return { texts, targets }
}

/** The words of a name such as `card_arrival`, `refund-status` or `changeAddress`. */
export function wordsOfLabel(name: string): string {
  return name.replace(/[_\-/.:]+/g, ' ').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
}
