import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cosine, type TermVector, vectorOf } from '../../src/search/find-near-duplicates.ts'
import { openWorld, type ThreadFixture } from '../articles/world.ts'
import { describeEachDatabase } from '../support/databases.ts'

interface Asked {
  readonly id: string
  /** The same for questions that are the same. */
  readonly question: string
  readonly title: string
  readonly text: string
}

const fixture = join(import.meta.dirname, '../../fixtures/near-duplicates/questions.ndjson')
const asked: readonly Asked[] = readFileSync(fixture, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

const threadOf = ({ title, text }: Pick<Asked, 'title' | 'text'>): ThreadFixture => ({
  title,
  question: text,
})
const pair = (a: string, b: string) => [a, b].sort().join(' | ')

describeEachDatabase('the same question asked again', (database) => {
  it('is linked for most of the original cases, and nothing else is', async () => {
    const world = await openWorld(await database())
    const id = await world.importThreads(
      'forum',
      'public',
      Object.fromEntries(asked.map((each) => [each.id, threadOf(each)])),
    )
    const names = new Map(asked.map((each) => [id(each.id), each.id]))
    const linked = new Set<string>()
    for (const each of asked) {
      for (const link of await world.threads.linksOf(id(each.id), 'public'))
        linked.add(pair(each.id, names.get(link.threadId)!))
    }
    const wanted = new Set<string>()
    for (const [at, one] of asked.entries())
      for (const other of asked.slice(at + 1))
        if (one.question === other.question) wanted.add(pair(one.id, other.id))

    const wrong = [...linked].filter((each) => !wanted.has(each))
    expect(wrong).toEqual([])
    const found = [...wanted].filter((each) => linked.has(each))
    expect(found.length / wanted.size).toBeGreaterThanOrEqual(0.6)
  })

  it('is linked from the later to the earlier, with how alike they are, and only for who may see both', async () => {
    const world = await openWorld(await database())
    const question = { title: 'Router light stays red after update', text: 'What does it mean?' }
    const id = await world.importThreads('forum', 'public', { a: threadOf(question) })
    const hidden = await world.importThreads('staff', 'internal', { b: threadOf(question) })
    const [link, ...others] = await world.threads.linksOf(hidden('b'), 'internal')
    expect(others).toEqual([])
    expect(link).toMatchObject({ threadId: id('a'), kind: 'near-duplicate' })
    expect(link?.likeness).toBeCloseTo(1, 5)
    expect(await world.threads.linksOf(id('a'), 'internal')).toHaveLength(1)
    expect(await world.threads.linksOf(id('a'), 'public')).toEqual([])
  })

  it('loses its link when the question is edited into another, and has it once when imported again', async () => {
    const world = await openWorld(await database())
    const question = { title: 'Router light stays red after update', text: 'What does it mean?' }
    const id = await world.importThreads('forum', 'public', { a: threadOf(question), b: threadOf(question) })
    await world.importThreads('forum', 'public', { a: threadOf(question), b: threadOf(question) })
    expect(await world.threads.linksOf(id('a'), 'public')).toHaveLength(1)
    await world.importThreads('forum', 'public', {
      a: threadOf(question),
      b: threadOf({ title: 'Where is my invoice for June?', text: 'I cannot find it.' }),
    })
    expect(await world.threads.linksOf(id('a'), 'public')).toEqual([])
  })
})

it('is judged by a likeness that is symmetric, 1 for the same words and within [0, 1]', () => {
  const counts = fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.integer({ min: 1, max: 30 }), {
    minKeys: 1,
  })
  const weights: Record<string, number> = { a: 5, b: 0.1, c: 1, d: 2, e: 0, f: 3, g: 1, h: 7 }
  const weightOf = (term: string) => weights[term]!
  fc.assert(
    fc.property(counts, counts, (one, other) => {
      const [a, b] = [one, other].map((each) => vectorOf(new Map(Object.entries(each)), weightOf)) as [
        TermVector,
        TermVector,
      ]
      const likeness = cosine(a, b)
      expect(likeness).toBeCloseTo(cosine(b, a), 12)
      expect(likeness).toBeGreaterThanOrEqual(0)
      expect(likeness).toBeLessThanOrEqual(1)
      if (a.length > 0) expect(cosine(a, a)).toBeCloseTo(1, 12)
    }),
  )
})
