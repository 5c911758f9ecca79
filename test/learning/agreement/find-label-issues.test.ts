import { describe, expect, it } from 'vitest'
import { rankLabelIssues } from '../../../src/learning/agreement/find-label-issues.ts'
import { toyPosts } from '../toy-posts.ts'

const { texts, labels } = toyPosts(240)
const names = [...new Set(labels)]
/** The label after another one, in a fixed order. */
const next = (label: string) => names[(names.indexOf(label) + 1) % names.length]!

describe('a label issue', () => {
  it('has the record of its model at that confidence: high where the others agree with it', () => {
    const flipped = new Set([3, 50, 101, 180, 222])
    const given = labels.map((label, at) => (flipped.has(at) ? next(label) : label))
    const { suspects, agreement } = rankLabelIssues({ texts, labels: given, seed: 1 })
    expect(agreement).toBeGreaterThan(0.9)
    const found = suspects.filter(({ confident, reliability }) => confident && reliability >= 0.8)
    expect(found.filter(({ row }) => flipped.has(row)).length).toBeGreaterThanOrEqual(4)
    for (const { row, likely } of found) if (flipped.has(row)) expect(likely).toBe(labels[row])
  })

  it('has a poor one where the model is wrong about most other labels too', () => {
    // Labels that have nothing to do with the texts.
    const scrambled = labels.map((_, at) => names[(at * 7 + (at >> 3)) % names.length]!)
    const { suspects, agreement } = rankLabelIssues({ texts, labels: scrambled, seed: 1 })
    expect(agreement).toBeLessThan(0.5)
    expect(suspects.length).toBeGreaterThan(10)
    expect(suspects.filter(({ reliability }) => reliability >= 0.8)).toEqual([])
  })
})
