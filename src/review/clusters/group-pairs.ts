import type { AlikePair } from './cluster-store.ts'

/** A thread and those like it. */
export interface Group {
  readonly seed: string
  /** Each is like the seed, the most alike first. */
  readonly members: readonly { readonly threadId: string; readonly likeness: number }[]
}

/**
 * Groups of threads that are each like one of them, the seed: no chain of likenesses joins threads that differ. The
 * thread with the most others like it is the first seed; no thread is in two groups.
 *
 * @param most members of a group beside its seed
 */
export function groupPairs(pairs: readonly AlikePair[], most: number): Group[] {
  const likenesses = new Map<string, Map<string, number>>()
  const join = (one: string, other: string, likeness: number) =>
    likenesses.set(one, (likenesses.get(one) ?? new Map()).set(other, likeness))
  for (const { one, other, likeness } of pairs) {
    join(one, other, likeness)
    join(other, one, likeness)
  }
  const seeds = [...likenesses].sort(([a, like], [b, unlike]) => unlike.size - like.size || (a < b ? -1 : 1))
  const taken = new Set<string>()
  const groups: Group[] = []
  for (const [seed, others] of seeds) {
    if (taken.has(seed)) continue
    const members = [...others]
      .filter(([threadId]) => !taken.has(threadId))
      .map(([threadId, likeness]) => ({ threadId, likeness }))
      .sort((a, b) => b.likeness - a.likeness || (a.threadId < b.threadId ? -1 : 1))
      .slice(0, most)
    if (members.length === 0) continue
    for (const { threadId } of [{ threadId: seed }, ...members]) taken.add(threadId)
    groups.push({ seed, members })
  }
  return groups.sort((a, b) => b.members.length - a.members.length)
}
