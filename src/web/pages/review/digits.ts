/** An item as the model sees it; without a prediction where none may be seen. */
export interface Ranked {
  readonly prediction?: {
    readonly label: string
    readonly alternatives: readonly { readonly label: string; readonly confidence: number }[]
  }
}

/** On the row of digits, from left to right. */
const ROW = [
  'Digit1',
  'Digit2',
  'Digit3',
  'Digit4',
  'Digit5',
  'Digit6',
  'Digit7',
  'Digit8',
  'Digit9',
  'Digit0',
]
const RANKED = 9

/**
 * Which digit gives which label of an item. Up to ten labels each has its own, in alphabetical order; of more, the nine
 * likeliest have one, the likeliest first. Where no prediction may be seen, the order is alphabetical all the same: a
 * ranking would give it away.
 *
 * @param labels in alphabetical order
 * @returns label → key, in the order of the keys
 */
export function digitsFor(
  labels: readonly { readonly name: string }[],
  item: Ranked | undefined,
): ReadonlyMap<string, string> {
  const names = labels.map(({ name }) => name)
  if (names.length <= ROW.length) return keyed(names)
  const known = new Set(names)
  const ranked = (item?.prediction?.alternatives ?? [])
    .map(({ label }) => label)
    .filter((each) => known.has(each))
  return keyed([...new Set([...ranked, ...names])].slice(0, RANKED))
}

function keyed(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.flatMap((name, at) => (ROW[at] === undefined ? [] : [[name, ROW[at]]])))
}

/** Whether the digits follow the ranking of the model on each item. */
export function areRanked(labels: readonly unknown[], item: Ranked | undefined): boolean {
  return labels.length > ROW.length && item?.prediction !== undefined
}
