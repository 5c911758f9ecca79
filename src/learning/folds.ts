import { createRandom, shuffle } from './random.ts'

/**
 * Deals rows into folds of nearly equal size and of nearly equal shares of each class. Rows of equal text always
 * share a fold, so that no row is predicted by a model that has seen its text.
 *
 * @param targets class of each row
 * @param groupOf number of the distinct text of each row, from 0 without gaps
 * @returns the fold of each row, in `[0, folds)`
 */
export function dealFolds(targets: Int32Array, groupOf: Int32Array, folds: number, seed: number): Int32Array {
  const classOfGroup = new Int32Array(groupOf.length).fill(-1)
  let groups = 0
  for (let row = 0; row < groupOf.length; row++) {
    const group = groupOf[row]!
    if (classOfGroup[group]! < 0) classOfGroup[group] = targets[row]!
    groups = Math.max(groups, group + 1)
  }
  const order = shuffle(
    Int32Array.from({ length: groups }, (_, group) => group),
    createRandom(seed),
  )
  // A stable sort by class keeps the shuffle within each class; dealing goes on from class to class.
  const dealt = Array.from(order).sort((a, b) => classOfGroup[a]! - classOfGroup[b]!)
  const foldOfGroup = new Int32Array(groups)
  dealt.forEach((group, place) => {
    foldOfGroup[group] = place % folds
  })
  return groupOf.map((group) => foldOfGroup[group]!)
}
