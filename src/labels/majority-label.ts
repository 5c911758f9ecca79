/**
 * The label that most agents gave a thread; of equally many, the one given last. This follows no prediction, so that it
 * favours none.
 *
 * @param given one label an agent, in the order in which they were given
 * @returns undefined without a label
 */
export function majorityLabel(given: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const label of given) counts.set(label, (counts.get(label) ?? 0) + 1)
  let majority: string | undefined
  let most = 0
  for (const label of given) {
    const count = counts.get(label) ?? 0
    if (count < most) continue
    most = count
    majority = label
  }
  return majority
}
