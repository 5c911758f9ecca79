import { describe, expect, it } from 'vitest'
import { labelsToReach, replayLabelling, summariseReplays } from '../../../src/learning/evaluation/replay.ts'
import { readReplayCorpus } from '../../../src/learning/evaluation/replay-corpus.ts'
import { queryStrategyNames, requireQueryStrategy } from '../../../src/learning/queries/strategies.ts'

import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

const train = toyPosts(90, 1)
const test = toyPosts(40, 2)
const corpus = readReplayCorpus(train, test)
const replay = (strategy: string, until = 50, seed = 1) => [
  ...replayLabelling(corpus, {
    strategy: requireQueryStrategy(strategy),
    start: 20,
    batch: 10,
    until,
    seed,
    shortlist: 60,
  }),
]

describe('a replay', () => {
  it.each(queryStrategyNames)('labels each text once, batch by batch, by the strategy %s', (strategy) => {
    const points = replay(strategy)
    const asked = points.at(-1)!.asked
    expect(points.map(({ labels }) => labels)).toEqual([20, 30, 40, 50])
    expect(new Set(asked).size).toBe(50)
    expect([...asked.subarray(0, 20)]).toEqual([...points[0]!.asked])
    for (const { accuracy, balancedAccuracy } of points) {
      expect(accuracy).toBeGreaterThan(0.25)
      expect(balancedAccuracy).toBeGreaterThan(0.25)
    }
  })

  it('gives no more labels than it may in all, if the first fit was to have more', () => {
    expect(replay('random', 15).map(({ labels }) => labels)).toEqual([15])
  })

  it('gives the same points for the same seed, and chooses otherwise for another', () => {
    expect(replay('default')).toEqual(replay('default'))
    expect(replay('random', 20, 2)[0]!.asked).not.toEqual(replay('random', 20, 1)[0]!.asked)
  })

  it('does not depend on the order of the file', () => {
    const reversed = { texts: [...train.texts].reverse(), labels: [...train.labels].reverse() }
    const options = { strategy: requireQueryStrategy('default'), start: 20, batch: 10, until: 30, seed: 1 }
    expect([...replayLabelling(readReplayCorpus(reversed, test), options)]).toEqual([
      ...replayLabelling(corpus, options),
    ])
  })

  it('ends when all is labelled, as good as the classifier that learns from all', () => {
    const last = replay('random', 1000).at(-1)!
    const classifier = trainClassifier({ ...train, seed: 1 })
    const right = test.texts.filter((text, at) => classifier.classify(text).label === test.labels[at]).length
    expect(last.labels).toBe(90)
    expect(last.accuracy).toBeCloseTo(right / test.texts.length, 9)
  })

  it('counts no text out of scope, and answers no other with that', () => {
    const outside = { texts: ['what is the weather', 'sing a song'], labels: ['oos', 'oos'] }
    const both = (more: typeof outside, posts: typeof train) => ({
      texts: [...posts.texts, ...more.texts],
      labels: [...posts.labels, ...more.labels],
    })
    const options = { strategy: requireQueryStrategy('random'), start: 92, batch: 10, until: 92, seed: 1 }
    const [point] = [...replayLabelling(readReplayCorpus(both(outside, train), both(outside, test)), options)]
    expect(point!.labelsFound).toBe(5)
    expect(point!.accuracy).toBeCloseTo(replay('random', 1000).at(-1)!.accuracy, 1)
  })

  it('refuses to count in anything but positive integers', () => {
    const options = { strategy: requireQueryStrategy('random'), start: 10, batch: 0, until: 20, seed: 1 }
    expect(() => [...replayLabelling(corpus, options)]).toThrow('positive integers')
    expect(() => readReplayCorpus(train, { texts: [], labels: [] })).toThrow('there are no texts to test on')
  })
})

describe('several replays', () => {
  it('are summed up by their mean, lowest and highest', () => {
    const at = (labels: number, accuracy: number) => {
      return { labels, accuracy, balancedAccuracy: accuracy, labelsFound: 3, asked: new Int32Array(0) }
    }
    expect(summariseReplays([[at(10, 0.5), at(20, 0.7)], [at(10, 0.6)]])).toEqual([
      { labels: 10, accuracy: 0.55, lowest: 0.5, highest: 0.6, balancedAccuracy: 0.55, labelsFound: 3 },
    ])
  })

  it('reach an accuracy from where they are never below it again', () => {
    const points = [0.5, 0.8, 0.7, 0.8, 0.9].map((accuracy, at) => ({ labels: 10 * at, accuracy }))
    expect(labelsToReach(points, 0.8)).toBe(30)
    expect(labelsToReach(points, 0.4)).toBe(0)
    expect(labelsToReach(points, 0.95)).toBeUndefined()
  })
})
