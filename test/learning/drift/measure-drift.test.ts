import { describe, expect, it } from 'vitest'
import { measureDrift } from '../../../src/learning/drift/measure-drift.ts'
import type { DriftReference, ReadPost } from '../../../src/learning/drift/observed-post.ts'
import { createStream, STABLE, type StreamSettings } from './made-up-stream.ts'

const DAYS = 365
const A_DAY = 20
const WINDOW = 7

function referenceOf(posts: readonly ReadPost[]): DriftReference {
  const termDocuments = new Map<string, number>()
  for (const { terms } of posts)
    for (const term of terms) termDocuments.set(term, (termDocuments.get(term) ?? 0) + 1)
  return { posts, termDocuments }
}

function measured(reference: DriftReference, posts: readonly ReadPost[]) {
  const steps = measureDrift([{ group: 'all', reference, posts }])
  let step = steps.next()
  while (!step.done) step = steps.next()
  return { alarms: step.value.alarms, figures: step.value.figures[0]! }
}

/** Days on which an alarm was raised, of a year in which nothing changes. */
function falseAlarms(seed: number): number {
  const stream = createStream(seed)
  const reference = referenceOf(stream(1500))
  const days: ReadPost[][] = []
  let alarms = 0
  for (let day = 0; day < DAYS; day++) {
    days.push(stream(A_DAY))
    if (days.length < WINDOW) continue
    if (measured(reference, days.slice(-WINDOW).flat()).alarms.length > 0) alarms++
  }
  return alarms
}

const changes: [string, Partial<StreamSettings>, string][] = [
  ['a word that an eighth of the posts has', { newWord: 0.125 }, 'vocabulary'],
  ['three times as many unknown words', { unknown: 0.12 }, 'vocabulary'],
  ['a label that grows from 5 to 20 %', { labels: [0.25, 0.17, 0.13, 0.1, 0.08, 0.07, 0.2] }, 'label-shares'],
  ['a label that is gone', { labels: [0, 0.35, 0.25, 0.14, 0.12, 0.09, 0.05] }, 'label-shares'],
  ['a model that is sure of 60 % instead of 85 %', { sure: 0.6 }, 'confidence'],
  ['the same in what is assigned', { sure: 0.6 }, 'coverage'],
]

describe('measuring drift', () => {
  it('raises at most one false alarm in a thousand days while nothing changes', { timeout: 120_000 }, () => {
    const seeds = [1, 2, 3, 4, 5, 6]
    const alarms = seeds.map(falseAlarms)
    const total = alarms.reduce((sum, each) => sum + each, 0)
    // Windows of successive days share posts, so that alarms come in rows: what is bounded is the mean.
    expect(total).toBeLessThanOrEqual(Math.ceil(0.001 * DAYS * seeds.length))
  })

  it.each(changes)('finds %s within a week', (_, change, kind) => {
    for (const seed of [11, 12, 13]) {
      const stream = createStream(seed)
      const reference = referenceOf(stream(1500))
      const { alarms } = measured(reference, stream(WINDOW * A_DAY, { ...STABLE, ...change }))
      expect(alarms.map((alarm) => alarm.kind)).toContain(kind)
    }
  })

  it('names the new word first, with its posts, and the label that grew', () => {
    const stream = createStream(21)
    const reference = referenceOf(stream(1500))
    const now = stream(200, { ...STABLE, newWord: 0.2, labels: [0.1, 0.2, 0.15, 0.12, 0.1, 0.08, 0.25] })
    const { figures } = measured(reference, now)
    expect(figures.vocabulary.risen[0]).toMatchObject({
      term: 'brumacast',
      before: 0,
      now: now.filter(({ terms }) => terms.includes('brumacast')).length,
    })
    const [first, second] = figures.labels.shifts
    expect([first?.label, second?.label].sort()).toEqual(['label 0', 'label 6'])
    for (const { before, now: after } of figures.labels.shifts) {
      expect(after.low).toBeLessThanOrEqual(after.share)
      expect(before.high).toBeGreaterThanOrEqual(before.share)
    }
  })

  it('does not take a difference for drift that is certain but too small to matter', () => {
    const stream = createStream(31)
    const reference = referenceOf(stream(20_000))
    const { alarms, figures } = measured(reference, stream(20_000, { ...STABLE, sure: 0.82 }))
    expect(figures.confidence.p).toBeLessThan(0.001)
    expect(alarms).toEqual([])
  })

  it('says nothing of no posts', () => {
    const reference = referenceOf(createStream(41)(100))
    expect(measured(reference, []).alarms).toEqual([])
  })
})
