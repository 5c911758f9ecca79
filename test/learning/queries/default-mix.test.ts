import { describe, expect, it } from 'vitest'
import { cosineOf } from '../../../src/learning/features/row-index.ts'
import { type QueryPool, rankClassProbabilities } from '../../../src/learning/queries/query-strategy.ts'
import { readCandidates } from '../../../src/learning/queries/read-candidates.ts'
import { requireQueryStrategy } from '../../../src/learning/queries/strategies.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { toyPosts } from '../toy-posts.ts'

const LABELS = ['facture', 'réseau', 'roaming', 'sim'].map((name) => ({ name }))
const posts = toyPosts(200, 5)

function choose(pool: QueryPool, texts: readonly string[], count: number, asked: readonly string[] = []) {
  const strategy = requireQueryStrategy('default')
  const rows = strategy.shortlist(pool, texts.length)
  const shortlisted = Array.from(rows, (row) => texts[row]!)
  const candidates = readCandidates({ rows, texts: shortlisted, labels: LABELS, asked })
  return { chosen: [...strategy.choose(pool, candidates, count)], candidates }
}

const ids = posts.texts.map((_, at) => `post ${at}`)
const cold: QueryPool = { ids, labelled: [0, 0, 0, 0], seed: 1 }
const random = createRandom(3)
const classProbabilities = rankClassProbabilities(
  posts.texts.flatMap(() => {
    const first = 0.3 + 0.6 * random.next()
    return [first, 1 - first, 0, 0]
  }),
  4,
)

describe('the default mix', () => {
  it.each([
    ['before any label', cold],
    ['with a model', { ...cold, classProbabilities }],
  ])('never asks about two near-duplicates in one batch, %s', (_, pool) => {
    const { chosen, candidates } = choose(pool, posts.texts, 30)
    const { rows, texts } = candidates
    const rowOf = (position: number) => {
      const at = rows.indexOf(position)
      const [from, to] = [texts.offsets[at]!, texts.offsets[at + 1]!]
      return { indices: texts.indices.slice(from, to), values: texts.values.slice(from, to) }
    }
    expect(chosen.length).toBeGreaterThan(10)
    chosen.forEach((one, at) => {
      for (const other of chosen.slice(0, at)) expect(cosineOf(rowOf(one), rowOf(other))).toBeLessThan(0.75)
    })
  })

  it('asks nothing that was asked before in the same words', () => {
    const asked = posts.texts.slice(0, 100)
    const { chosen } = choose({ ...cold, classProbabilities }, posts.texts, 30, asked)
    expect(chosen.map((row) => posts.texts[row]!).filter((text) => asked.includes(text))).toEqual([])
  })

  it('meets every label among its first questions, by the names of labels', () => {
    const { chosen } = choose(cold, posts.texts, 8)
    expect(new Set(chosen.map((row) => posts.labels[row])).size).toBe(4)
  })

  it('asks first for what is like the label that has the fewest examples', () => {
    const { chosen } = choose({ ...cold, labelled: [5, 5, 0, 5] }, posts.texts, 1)
    expect(posts.labels[chosen[0]!]).toBe('roaming')
  })

  it('asks about what the model is unsure of, and rather for a label with few examples', () => {
    const texts = ['my bill', 'where is my bill', 'no signal here', 'the signal is gone']
    const of = (probabilities: number[], labelled: number[]) => {
      const pool = {
        ids: ['a', 'b', 'c', 'd'],
        labelled,
        seed: 1,
        classProbabilities: rankClassProbabilities(probabilities, 2),
      }
      return choose(pool, texts, 1).chosen[0]!
    }
    expect(of([0.99, 0.01, 0.98, 0.02, 0.45, 0.55, 0.02, 0.98], [3, 3])).toBe(2)
    expect([0, 1]).toContain(of([0.55, 0.45, 0.55, 0.45, 0.45, 0.55, 0.45, 0.55], [0, 80]))
    expect([2, 3]).toContain(of([0.55, 0.45, 0.55, 0.45, 0.45, 0.55, 0.45, 0.55], [80, 0]))
  })
})
