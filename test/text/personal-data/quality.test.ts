import { afterAll, describe, expect, it } from 'vitest'
import { PERSONAL_DATA_KINDS } from '../../../src/text/personal-data/finding.ts'
import { labelledSentences, precision, recall, type Score, score } from './labelled-sentences.ts'

/** The rows of the table in docs/operate/personal-data.md. */
function rowsOf(set: string, scores: ReadonlyMap<string, Score>): string[] {
  const percent = (share: number) => (Number.isNaN(share) ? '–' : `${(share * 100).toFixed(0)} %`)
  return [...scores].map(([kind, counts]) => {
    const { right, missed } = counts
    return `| ${set} | ${kind} | ${right + missed} | ${percent(recall(counts))} | ${percent(precision(counts))} |`
  })
}

const CHECKED = ['iban', 'card', 'social-security'] as const

describe('the labelled sentences', () => {
  const all = [...labelledSentences('tuning'), ...labelledSentences('held-out')]

  it('are at least 300, each once, half of them traps', () => {
    expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
    expect(all.length).toBeGreaterThanOrEqual(300)
    const traps = all.filter(({ spans }) => spans.length === 0)
    expect(Math.abs(traps.length / all.length - 0.5)).toBeLessThan(0.02)
  })

  it('speak French and English, of every kind', () => {
    const french = all.filter(({ language }) => language === 'fr').length
    expect(french / all.length).toBeGreaterThan(0.4)
    expect(french / all.length).toBeLessThan(0.65)
    const kinds = new Set(all.flatMap(({ spans }) => spans.map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual([...PERSONAL_DATA_KINDS].sort())
  })
})

describe.each(['tuning', 'held-out'] as const)('on the %s sentences', (set) => {
  const faults: string[] = []
  const scores = score(labelledSentences(set), (fault) => faults.push(fault))

  afterAll(() => console.log(rowsOf(set, scores).join('\n')))

  it.each(CHECKED)('99 % of all %s numbers are found, and 98 % of those found are some', (kind) => {
    expect(recall(scores.get(kind)!), faults.join('\n')).toBeGreaterThanOrEqual(0.99)
    expect(precision(scores.get(kind)!), faults.join('\n')).toBeGreaterThanOrEqual(0.98)
  })

  it('85 % of names are found', () => {
    expect(recall(scores.get('name')!), faults.join('\n')).toBeGreaterThanOrEqual(0.85)
  })

  it.each(PERSONAL_DATA_KINDS)('most %s findings are right, and few are missed', (kind) => {
    expect(recall(scores.get(kind)!), faults.join('\n')).toBeGreaterThanOrEqual(0.85)
    expect(precision(scores.get(kind)!), faults.join('\n')).toBeGreaterThanOrEqual(0.85)
  })
})
