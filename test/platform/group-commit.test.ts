import { describe, expect, it } from 'vitest'
import { createGroupCommit } from '../../src/platform/group-commit.ts'

const limits = { gatherMs: 1, mostItems: 3, mostWaiting: 10 }

/** A commit that the test lets through, group by group. */
function gate() {
  const groups: { items: readonly number[]; pass(error?: Error): void }[] = []
  const commit = (items: readonly number[]) =>
    new Promise<readonly string[]>((resolve, reject) =>
      groups.push({
        items,
        pass: (error) => (error ? reject(error) : resolve(items.map((item) => `kept ${item}`))),
      }),
    )
  const group = async (index: number) => {
    while (groups[index] === undefined) await new Promise((resolve) => setTimeout(resolve, 1))
    return groups[index]
  }
  return { commit, group, groups }
}

describe('a group commit', () => {
  it('writes what comes together in one, at most so many, and one group at a time', async () => {
    const { commit, group, groups } = gate()
    const { add } = createGroupCommit(commit, limits)
    const results = [1, 2, 3, 4, 5].map((item) => add(item, 1))
    const first = await group(0)
    expect(first.items).toEqual([1, 2, 3])
    results.push(add(6, 1))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(groups).toHaveLength(1)
    first.pass()
    const second = await group(1)
    expect(second.items).toEqual([4, 5, 6])
    second.pass()
    expect(await Promise.all(results)).toEqual([1, 2, 3, 4, 5, 6].map((item) => `kept ${item}`))
  })

  it('tells nobody that it is done before it is', async () => {
    const { commit, group } = gate()
    const { add } = createGroupCommit(commit, limits)
    let told = false
    const result = add(1, 1).then(() => {
      told = true
    })
    const only = await group(0)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(told).toBe(false)
    only.pass()
    await result
    expect(told).toBe(true)
  })

  it('fails those of a group that cannot be written, and goes on with the next', async () => {
    const { commit, group } = gate()
    const { add } = createGroupCommit(commit, limits)
    const failing = Promise.allSettled([add(1, 1), add(2, 1)])
    const first = await group(0)
    first.pass(new Error('the disk is full'))
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const later = add(3, 1)
    const second = await group(1)
    second.pass()
    expect(await later).toBe('kept 3')
  })

  it('refuses more than it may hold, and takes more when that is written or failed', async () => {
    const { commit, group } = gate()
    const { add } = createGroupCommit(commit, limits)
    const held = add(1, 8)
    await expect(add(2, 3)).rejects.toMatchObject({ code: 'WRITE_QUEUE_FULL', status: 503 })
    const first = await group(0)
    first.pass()
    await held
    const more = add(3, 10)
    const second = await group(1)
    second.pass(new Error('no'))
    await expect(more).rejects.toThrow('no')
    const last = add(4, 10)
    const third = await group(2)
    third.pass()
    expect(await last).toBe('kept 4')
  })
})
