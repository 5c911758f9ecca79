import { defineErrors } from './errors.ts'

export const groupCommitErrors = defineErrors({
  WRITE_QUEUE_FULL: [503, 'Too many writes are waiting. Try again later.'],
})

export interface GroupLimits {
  /** How long the first of a group waits for others. */
  readonly gatherMs: number
  /** Largest group: what a transaction can write in a few milliseconds. */
  readonly mostItems: number
  /** Weight of all that waits; above it new work is refused. */
  readonly mostWaiting: number
}

export interface GroupCommit<Item, Result> {
  /**
   * Resolves when the group that holds the item is committed.
   *
   * @param weight in the unit of `mostWaiting`
   * @throws CodedError WRITE_QUEUE_FULL; whatever `commit` throws
   */
  add(item: Item, weight: number): Promise<Result>
}

interface Waiting<Item, Result> {
  readonly item: Item
  readonly weight: number
  resolve(result: Result): void
  reject(error: unknown): void
}

/**
 * Lets many small writes share one durable commit: a commit costs a flush to disk, however little it writes. One
 * group is written at a time, while the next one gathers.
 *
 * @param commit writes a group and gives each item's result, in its order
 */
export function createGroupCommit<Item, Result>(
  commit: (items: readonly Item[]) => Promise<readonly Result[]>,
  limits: GroupLimits,
): GroupCommit<Item, Result> {
  const waiting: Waiting<Item, Result>[] = []
  let weight = 0
  let running = false

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      if (waiting.length < limits.mostItems)
        await new Promise((resolve) => setTimeout(resolve, limits.gatherMs))
      const group = waiting.splice(0, limits.mostItems)
      try {
        const results = await commit(group.map(({ item }) => item))
        for (const [at, each] of group.entries()) each.resolve(results[at]!)
      } catch (error) {
        for (const each of group) each.reject(error)
      }
      for (const each of group) weight -= each.weight
    }
    running = false
  }

  return {
    add(item, itemWeight) {
      if (weight + itemWeight > limits.mostWaiting)
        return Promise.reject(groupCommitErrors.WRITE_QUEUE_FULL())
      weight += itemWeight
      return new Promise((resolve, reject) => {
        waiting.push({ item, weight: itemWeight, resolve, reject })
        if (running) return
        running = true
        void run()
      })
    },
  }
}
