/** Rows that are no examples: what labels are called, and are said to mean. */
interface LabelTexts {
  readonly texts: readonly string[]
  readonly targets: readonly number[]
}

/**
 * A text for each label whose name or description has words: `card_arrival` says what its posts are about before
 * anyone has labelled one. One such text among five examples is worth five points of accuracy, and nothing among a
 * hundred (docs/internals/learning.md).
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
