import { describe, expect, it } from 'vitest'
import { fitCandidate } from '../../../src/models/training/fit-candidate.ts'
import { corpus } from '../corpus.ts'

const threads = corpus()
const learned = threads.slice(0, 60).map(({ id, label, language, question }) => ({
  id,
  label,
  language: language ?? 'und',
  text: question ?? '',
  use: 'learned' as const,
}))
const unlabelled = threads.slice(60).map(({ question }) => question ?? '')
const settings = {
  seed: 1,
  riskBudget: 0.05,
  labelBudgets: {},
  costs: [],
  descriptions: { network: 'the line' },
}

describe('a candidate with an encoder', () => {
  it('has examples, names of labels and unlabelled texts encoded, before it is trained', async () => {
    const asked: string[] = []
    const stages: string[] = []
    const fit = await fitCandidate(learned, [], {
      ...settings,
      unlabelled,
      async encode(texts, onProgress) {
        asked.push(...texts)
        onProgress?.(0.5)
        return new Map(texts.map((text) => [text, Int8Array.of(text.length % 7, text.length % 5)]))
      },
      onProgress: ({ stage, fraction }) => stages.push(`${stage} ${fraction}`),
    })
    expect(fit.outcome).toBe('fitted')
    const names = ['account', 'billing', 'network the line']
    expect(asked.sort()).toEqual([...learned.map(({ text }) => text), ...names, ...unlabelled].sort())
    expect(stages[0]).toBe('encoding 0.5')
  })

  it('is trained without it where it fails, and says why', async () => {
    const encode = () => Promise.reject(new Error('the weights are damaged'))
    const without = await fitCandidate(learned, [], { ...settings, unlabelled })
    const failed = await fitCandidate(learned, [], { ...settings, unlabelled, encode })
    expect(failed).toMatchObject({
      outcome: 'fitted',
      report: { encoded: 0, encoderFault: 'the weights are damaged' },
    })
    expect(failed).toMatchObject({ artefactHash: 'artefactHash' in without && without.artefactHash })
  })

  it('counts the texts of which the teacher saw an encoding, not all that were encoded', async () => {
    const encode = async (texts: readonly string[]) =>
      new Map([...texts, 'read by no training'].map((text) => [text, Int8Array.of(text.length % 7, 1)]))
    const again = [...unlabelled, ...learned.map(({ text }) => text)]
    const fit = await fitCandidate(learned, [], { ...settings, unlabelled: again, encode })
    expect(fit).toMatchObject({
      report: { encoded: new Set(learned.map(({ text }) => text)).size + 3 + unlabelled.length },
    })
  })

  it('has nothing encoded where it learns from no unlabelled text', async () => {
    const encode = () => Promise.reject(new Error('texts were encoded'))
    for (const few of [[], unlabelled.slice(0, 10)])
      expect(await fitCandidate(learned, [], { ...settings, unlabelled: few, encode })).toMatchObject({
        outcome: 'fitted',
      })
  })
})
