import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type RecentTopicPost,
  type RisingTopic,
  risingTopics,
  type TopicPost,
} from '../../../src/learning/drift/rising-topics.ts'
import { averageLinkage } from '../../../src/learning/drift/text-clusters.ts'

import { createRandom } from '../../../src/learning/random.ts'

function finish<T>(work: Generator<undefined, T>): T {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const clustersOf = (rows: readonly (readonly number[])[], threshold: number) =>
  finish(averageLinkage(Float32Array.from(rows.flat()), rows.length, threshold))

/** The definition: whichever two clusters are most alike are merged, until none are alike enough. */
function plainly(rows: readonly (readonly number[])[], threshold: number): number[][] {
  const clusters = rows.map((_, at) => [at])
  for (;;) {
    let best = { alike: threshold, one: -1, other: -1 }
    clusters.forEach((one, i) => {
      clusters.slice(0, i).forEach((other, j) => {
        const alike =
          one.flatMap((a) => other.map((b) => rows[a]![b]!)).reduce((x, y) => x + y, 0) /
          one.length /
          other.length
        if (alike >= best.alike) best = { alike, one: i, other: j }
      })
    })
    if (best.one < 0) return clusters.map((each) => each.sort((a, b) => a - b)).sort((a, b) => a[0]! - b[0]!)
    clusters[best.other]!.push(...clusters.splice(best.one, 1)[0]!)
  }
}

describe('average linkage', () => {
  it("finds the clusters of Sokal and Michener's method in a worked example", () => {
    // Distances of Wikipedia's UPGMA example (5S RNA of five bacteria): ((a, b), e) at 22, (c, d) at 28, all at 33.
    const distance = [
      [0, 17, 21, 31, 23],
      [17, 0, 30, 34, 21],
      [21, 30, 0, 28, 39],
      [31, 34, 28, 0, 43],
      [23, 21, 39, 43, 0],
    ]
    const alike = distance.map((row) => row.map((each) => -each))
    expect(clustersOf(alike, -16)).toEqual([[0], [1], [2], [3], [4]])
    expect(clustersOf(alike, -17)).toEqual([[0, 1], [2], [3], [4]])
    expect(clustersOf(alike, -22)).toEqual([[0, 1, 4], [2], [3]])
    expect(clustersOf(alike, -28)).toEqual([
      [0, 1, 4],
      [2, 3],
    ])
    expect(clustersOf(alike, -33)).toEqual([[0, 1, 2, 3, 4]])
  })

  it('merges as the definition does, whatever the similarities', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, seed, threshold) => {
          const random = createRandom(seed)
          const rows = Array.from({ length: size }, () => new Array<number>(size).fill(1))
          for (let i = 0; i < size; i++)
            for (let j = 0; j < i; j++) rows[i]![j] = rows[j]![i] = Math.fround(random.next())
          expect(clustersOf(rows, threshold)).toEqual(plainly(rows, threshold))
        },
      ),
    )
  })
})

/** Posts of words by Zipf's law, some of which no label fits. */
function traffic(seed: number, count: number): RecentTopicPost[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, at) => ({
    terms: [...new Set(Array.from({ length: 8 }, () => `w${Math.floor(3000 ** random.next())}`))],
    fits: random.next() > 0.25,
    asker: `asker ${seed} ${at}`,
  }))
}

/** Posts of a subject: some of its words, and others. */
function burst(seed: number, count: number): RecentTopicPost[] {
  const random = createRandom(seed)
  return traffic(seed + 1000, count).map(({ terms, asker }) => ({
    terms: [
      ...terms.slice(0, 4),
      ...['decoder', 'screen', 'black', 'update'].filter(() => random.next() < 0.7),
    ],
    fits: false,
    asker: asker!,
  }))
}

const search = (recent: RecentTopicPost[], earlier: TopicPost[]): RisingTopic[] =>
  finish(risingTopics({ recent, earlier }))

describe('rising topics', () => {
  it.each([1, 2, 3, 4, 5])('finds a burst of twelve posts among 300 and nothing else (seed %i)', (seed) => {
    const usual = traffic(seed, 300)
    const recent = [...usual, ...burst(seed, 12)]
    const topics = search(recent, traffic(seed + 50, 2000))
    expect(topics).toHaveLength(1)
    const [topic] = topics
    expect(topic!.posts.filter((at) => at >= usual.length).length).toBeGreaterThanOrEqual(9)
    expect(topic!.posts.every((at) => at >= usual.length)).toBe(true)
    expect(
      topic!.words
        .slice(0, 4)
        .map(({ term }) => term)
        .sort(),
    ).toEqual(['black', 'decoder', 'screen', 'update'])
    expect([...topic!.likeness]).toEqual([...topic!.likeness].sort((a, b) => b - a))
  })

  it('raises none in a hundred weeks of stable traffic', () => {
    const earlier = traffic(9, 2000)
    for (let week = 0; week < 100; week++) expect(search(traffic(100 + week, 150), earlier)).toEqual([])
  })

  it('does not take what was always asked for a topic that rises', () => {
    const earlier = [...traffic(51, 2000), ...burst(7, 80)]
    expect(search([...traffic(1, 300), ...burst(1, 12)], earlier)).toEqual([])
  })

  it('does not take many posts of one asker, or posts that a label fits, for a topic', () => {
    const earlier = traffic(51, 2000)
    const one = burst(1, 12).map((post) => ({ ...post, asker: 'always the same' }))
    expect(search([...traffic(1, 300), ...one], earlier)).toEqual([])
    const fitting = burst(1, 12).map((post) => ({ ...post, fits: true }))
    expect(search([...traffic(1, 300), ...fitting], earlier)).toEqual([])
  })

  it('joins what is one topic in two languages by the name both have, and not what merely shares a word', () => {
    const earlier = traffic(51, 2000)
    const french = burst(2, 12).map(({ terms, asker }) => ({
      terms: ['decoder', ...terms.filter((term) => term.startsWith('w')), 'ecran', 'noir'],
      fits: false,
      asker: `fr ${asker}`,
      language: 'fr',
    }))
    const english = burst(3, 12).map((post) => ({
      ...post,
      terms: [...new Set([...post.terms, 'decoder'])],
      language: 'en',
    }))
    const usual = traffic(1, 300)
    const [topic, ...others] = search([...usual, ...french, ...english], earlier)
    expect(others).toEqual([])
    expect(topic!.posts.length).toBeGreaterThanOrEqual(20)
    expect(topic!.words[0]?.term).toBe('decoder')
    const nameless = french.map(({ terms, ...post }) => ({
      ...post,
      terms: terms.filter((term) => term !== 'decoder'),
    }))
    expect(search([...usual, ...nameless, ...english], earlier)).toHaveLength(2)
  })

  it('copes with nothing at all, and with posts without words', () => {
    expect(search([], [])).toEqual([])
    const empty = Array.from({ length: 20 }, () => ({ terms: [], fits: false }))
    expect(search(empty, [])).toEqual([])
    expect(search(empty, traffic(1, 50))).toEqual([])
  })
})
