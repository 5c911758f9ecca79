/**
 * What several agents take a thread for: the label that most of them gave, of equally many the one given last. That
 * heeds no prediction, so that it favours none.
 *
 * @param votes one an agent, in the order in which they were given
 * @returns undefined without a vote
 */
export function resolveTruth(votes: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  let truth: string | undefined
  let most = 0
  for (const label of votes) counts.set(label, (counts.get(label) ?? 0) + 1)
  for (const label of votes) {
    const count = counts.get(label) ?? 0
    if (count < most) continue
    most = count
    truth = label
  }
  return truth
}
