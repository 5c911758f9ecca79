/**
 * Agreement of two raters over the same items beyond what chance gives (Cohen 1960): 1 where they agree on all, 0 where
 * no more than by chance.
 *
 * @param one class of each item; @param other as many
 */
export function cohensKappa(one: ArrayLike<number>, other: ArrayLike<number>): number {
  const items = one.length
  const ones = new Map<number, number>()
  const others = new Map<number, number>()
  let agreed = 0
  for (let at = 0; at < items; at++) {
    if (one[at] === other[at]) agreed++
    ones.set(one[at]!, (ones.get(one[at]!) ?? 0) + 1)
    others.set(other[at]!, (others.get(other[at]!) ?? 0) + 1)
  }
  let byChance = 0
  for (const [label, count] of ones) byChance += (count / items) * ((others.get(label) ?? 0) / items)
  // Both call everything the same: chance explains it all, and yet they agree.
  return byChance === 1 ? 1 : (agreed / items - byChance) / (1 - byChance)
}
