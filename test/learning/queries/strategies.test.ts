import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type QueryPool, rankClassProbabilities } from '../../../src/learning/queries/query-strategy.ts'
import { readCandidates } from '../../../src/learning/queries/read-candidates.ts'
import { queryStrategyNames, requireQueryStrategy } from '../../../src/learning/queries/strategies.ts'

interface Post {
  readonly id: string
  readonly text: string
  readonly probabilities: readonly number[]
}

const LABELS = [
  { name: 'refund' },
  { name: 'lost_card', description: 'a card that was lost' },
  { name: 'login' },
]
const words = [
  'refund',
  'card',
  'lost',
  'login',
  'where',
  'money',
  'help',
  'carte',
  'perdue',
  'été',
  '🙂',
  '',
]

const distribution = fc
  .tuple(...LABELS.map(() => fc.integer({ min: 0, max: 20 })))
  .map((weights) => weights.map((weight) => (weight + 0.01) / (weights.reduce((a, b) => a + b) + 0.03)))

const posts = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 6 }),
    text: fc.array(fc.constantFrom(...words), { maxLength: 6 }).map((each) => each.join(' ')),
    probabilities: distribution,
  }),
  { selector: ({ id }) => id, maxLength: 25 },
)

interface Situation {
  readonly cold: boolean
  readonly seed: number
  readonly labelled: readonly number[]
  readonly limit: number
  readonly count: number
}

const situations = fc.record({
  cold: fc.boolean(),
  seed: fc.integer({ min: 0, max: 99 }),
  labelled: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)),
  limit: fc.nat(30),
  count: fc.nat(12),
})

function poolOf(asked: readonly Post[], { cold, seed, labelled }: Situation): QueryPool {
  return {
    ids: asked.map(({ id }) => id),
    labelled,
    seed,
    ...(!cold && {
      classProbabilities: rankClassProbabilities(
        asked.flatMap(({ probabilities }) => [...probabilities]),
        3,
      ),
    }),
  }
}

/** The ids that a strategy asks about, by both of its steps. */
function ask(
  name: string,
  all: readonly Post[],
  situation: Situation,
): { shortlist: string[]; chosen: string[] } {
  const strategy = requireQueryStrategy(name)
  const pool = poolOf(all, situation)
  const rows = strategy.shortlist(pool, situation.limit)
  const texts = Array.from(rows, (row) => all[row]!.text)
  const chosen = strategy.choose(pool, readCandidates({ rows, texts, labels: LABELS }), situation.count)
  const idsOf = (positions: Int32Array) => Array.from(positions, (row) => all[row]!.id)
  return { shortlist: idsOf(rows), chosen: idsOf(chosen) }
}

describe.each(queryStrategyNames)('the strategy %s', (name) => {
  it('shortlists distinct rows, as many as there are up to the limit', () => {
    fc.assert(
      fc.property(posts, situations, (all, situation) => {
        const { shortlist } = ask(name, all, situation)
        expect(new Set(shortlist).size).toBe(shortlist.length)
        expect(shortlist).toHaveLength(Math.min(situation.limit, all.length))
      }),
    )
  })

  it('chooses distinct rows of the shortlist, no more than asked for', () => {
    fc.assert(
      fc.property(posts, situations, (all, situation) => {
        const { shortlist, chosen } = ask(name, all, situation)
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen.length).toBeLessThanOrEqual(situation.count)
        expect(shortlist).toEqual(expect.arrayContaining(chosen))
      }),
    )
  })

  it('chooses alike in whatever order the pool comes', () => {
    fc.assert(
      fc.property(posts, situations, (all, situation) => {
        expect(ask(name, [...all].reverse(), situation)).toEqual(ask(name, all, situation))
      }),
    )
  })

  it('chooses something where there is something to choose', () => {
    fc.assert(
      fc.property(posts, situations, (all, situation) => {
        fc.pre(all.length > 0 && situation.limit > 0 && situation.count > 0)
        expect(ask(name, all, situation).chosen.length).toBeGreaterThan(0)
      }),
    )
  })
})
