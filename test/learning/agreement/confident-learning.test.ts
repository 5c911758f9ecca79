import { describe, expect, it } from 'vitest'
import { learnConfidently } from '../../../src/learning/agreement/confident-learning.ts'
import { rankLabelIssues } from '../../../src/learning/agreement/find-label-issues.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { toyPosts } from '../toy-posts.ts'

describe('confident learning', () => {
  // Thresholds: class 0 (0.9 + 0.8 + 0.1) / 3 = 0.6; class 1 (0.8 + 0.7 + 0.6 + 0.3) / 4 = 0.6.
  const given = {
    classes: 2,
    targets: Int32Array.from([0, 0, 0, 1, 1, 1, 1]),
    probabilities: [0.9, 0.1, 0.8, 0.2, 0.1, 0.9, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6, 0.7, 0.3],
  }

  it('counts a row for the likeliest class whose threshold it reaches, scaled to what was given', () => {
    const { counts, errors } = learnConfidently(given)
    // Of three given 0 one is confidently 1; of four given 1 three are, one is confidently 0.
    expect([...counts]).toEqual([2, 1, 1, 3])
    expect(errors).toBe(2)
  })

  it('leaves out of the counts what is confidently nothing, and scales the others up', () => {
    const unsure = { ...given, probabilities: [...given.probabilities.slice(0, 10), 0.55, 0.45, 0.7, 0.3] }
    // Thresholds now 0.6 and (0.8 + 0.7 + 0.45 + 0.3) / 4 = 0.5625: the sixth row reaches neither.
    const { counts } = learnConfidently(unsure)
    expect([...counts].map((count) => Math.round(count * 100) / 100)).toEqual([2, 1, 1.33, 2.67])
  })

  it('suspects as many of each class as the estimate says, those least confident of their label first', () => {
    const { suspects } = learnConfidently(given)
    expect(suspects.map(({ row, given: from, likely }) => [row, from, likely])).toEqual([
      [2, 0, 1],
      [6, 1, 0],
    ])
    expect(suspects[0]).toMatchObject({ ownConfidence: 0.1 })
    expect(suspects[0]!.margin).toBeCloseTo(0.8, 12)
  })

  it('suspects nobody where every label is the likeliest', () => {
    const sound = { ...given, targets: Int32Array.from([0, 0, 1, 1, 1, 1, 0]) }
    expect(learnConfidently(sound)).toMatchObject({ errors: 0, suspects: [] })
  })

  it('does not let a class that nobody was given take rows', () => {
    const three = {
      classes: 3,
      targets: Int32Array.from([0, 1, 0]),
      probabilities: [0.5, 0.2, 0.3, 0.1, 0.6, 0.3, 0.1, 0.1, 0.8],
    }
    expect([...learnConfidently(three).counts].filter((_, at) => at % 3 === 2)).toEqual([0, 0, 0])
  })
})

describe('label issues', () => {
  const { texts, labels: truths } = toyPosts(240)
  const names = [...new Set(truths)].sort()
  const random = createRandom(3)
  const flipped = new Set(Array.from({ length: 12 }, () => random.below(texts.length)))
  const labels = truths.map((label, row) =>
    flipped.has(row) ? names[(names.indexOf(label) + 1) % names.length]! : label,
  )
  const issues = rankLabelIssues({ texts, labels, seed: 1 })

  it('find most of the labels that were flipped, and what they were', () => {
    const found = issues.suspects.filter(({ row }) => flipped.has(row))
    expect(found.length).toBeGreaterThanOrEqual(flipped.size * 0.7)
    const first = issues.suspects.slice(0, flipped.size)
    expect(first.filter(({ row }) => flipped.has(row)).length).toBeGreaterThanOrEqual(first.length * 0.7)
    const right = found.filter(({ row, likely }) => likely === truths[row])
    expect(right.length).toBeGreaterThanOrEqual(found.length * 0.8)
  })

  it('say how far models agree with the labels that were given: not where these were flipped', () => {
    expect(issues.agreement).toBeLessThanOrEqual(1 - (flipped.size * 0.7) / texts.length)
    expect(issues.agreement).toBeGreaterThan(0.8 * (1 - flipped.size / texts.length))
  })

  it('are the same in whatever order the rows come', () => {
    const order = [...texts.keys()].reverse()
    const other = rankLabelIssues({
      texts: order.map((row) => texts[row]!),
      labels: order.map((row) => labels[row]!),
      seed: 1,
    })
    const back = (rows: readonly { row: number }[]) => rows.map(({ row }) => row)
    expect(back(other.suspects).map((row) => order[row])).toEqual(back(issues.suspects))
  })

  it('tell near-duplicates that bear different labels, each pair once, the likest first', () => {
    const own = ['The router loses its signal after the update of May', 'How do I pay my invoice by card?']
    const copies = [`${own[0]}!`, own[1]!]
    const { contradictions } = rankLabelIssues({
      texts: [...own, ...copies, ...texts],
      labels: ['network', 'billing', 'billing', 'network', ...labels],
      seed: 1,
    })
    expect(contradictions.slice(0, 2).map(({ one, other }) => [one, other])).toEqual([
      [1, 3],
      [0, 2],
    ])
    expect(contradictions[0]!.likeness).toBeCloseTo(1, 6)
    const keys = contradictions.map(({ one, other }) => `${one} ${other}`)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
