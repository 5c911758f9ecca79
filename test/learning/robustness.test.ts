import { beforeAll, describe, expect, it } from 'vitest'
import { loadClassifier, saveClassifier } from '../../src/learning/artefact/artefact.ts'
import type { Classifier } from '../../src/learning/classifier.ts'
import { LearningError } from '../../src/learning/errors.ts'
import { evaluate } from '../../src/learning/evaluation/evaluate.ts'
import { rankClassProbabilities } from '../../src/learning/queries/query-strategy.ts'
import { requireQueryStrategy } from '../../src/learning/queries/strategies.ts'
import { type TrainingInput, trainClassifier } from '../../src/learning/training/train-classifier.ts'
import { expectSane, hostileTexts } from './sane-answers.ts'
import { toyPosts } from './toy-posts.ts'

/** A classifier that answers sanely, and does so as well once it was saved and loaded. */
async function expectTrainable(input: TrainingInput): Promise<Classifier> {
  const classifier = trainClassifier(input)
  expectSane(classifier)
  const loaded = loadClassifier(await saveClassifier(classifier))
  for (const text of [...hostileTexts, ...input.texts.slice(0, 3)])
    expect(loaded.predict(text)).toEqual(classifier.predict(text))
  expect(Object.values(classifier.heldOutSummary).every(Number.isFinite)).toBe(true)
  return classifier
}

describe('training on what is hardly enough', () => {
  it.each([
    ['no text', [], []],
    ['one text', ['a'], ['x']],
    ['one label', ['a', 'b', 'c'], ['x', 'x', 'x']],
  ])('is refused with %s', (_, texts, labels) => {
    expect(() => trainClassifier({ texts, labels, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'TOO_FEW_LABELS' }),
    )
  })

  it('takes two texts of two labels', async () => {
    const two = await expectTrainable({
      texts: ['my invoice', 'no signal'],
      labels: ['bill', 'net'],
      seed: 1,
    })
    expect(two.classify('my invoice').label).toBe('bill')
  })

  it('takes one example for each of 300 labels', async () => {
    const labels = Array.from({ length: 300 }, (_, i) => `label ${i}`)
    const texts = labels.map((_, i) => `subject${i} matter${i * 7}`)
    const many = await expectTrainable({ texts, labels, seed: 1 })
    const right = texts.filter((text, i) => many.classify(text).label === labels[i])
    expect(right.length).toBeGreaterThan(290)
  })

  it('takes texts that are all empty, all equal, or all of one character', async () => {
    const labels = ['a', 'b', 'a', 'b', 'c', 'c']
    for (const text of ['', 'the same', 'x', '😀', '\ud800'])
      await expectTrainable({ texts: labels.map(() => text), labels, seed: 1 })
  })

  it('takes one rare label among thousands of texts', async () => {
    const { texts, labels } = toyPosts(2000)
    const rare = await expectTrainable({
      texts: [...texts, 'résilier mon contrat'],
      labels: [...labels, 'résiliation'],
      seed: 1,
    })
    expect(rare.labels).toContain('résiliation')
  })
})

describe('training on what people do not write', () => {
  it('takes words of 10,000 characters', async () => {
    const { texts, labels } = toyPosts(40)
    const long = texts.map((text, i) => `${text} ${'abcdefghij'.repeat(1000)}${i}`)
    const classifier = await expectTrainable({ texts: long, labels, seed: 1 })
    expect(classifier.classify('facture prélèvement').label).toBe('facture')
  })

  it('takes hostile texts among others, and as labels', async () => {
    const posts = toyPosts(60)
    await expectTrainable({
      texts: [...posts.texts, ...hostileTexts],
      labels: [...posts.labels, ...hostileTexts.map((_, i) => posts.labels[i]!)],
      seed: 1,
    })
  })

  it('keeps labels apart that look like names of the language or are half a character', async () => {
    const labels = [
      '__proto__',
      'constructor',
      '',
      ' ',
      '\ud800',
      '\udc00',
      '😀',
      'é',
      'e\u0301',
      'NaN',
      'عربى',
    ]
    const texts = labels.flatMap((_, i) => [`subject${i} one`, `subject${i} two`])
    const twice = labels.flatMap((label) => [label, label])
    const classifier = await expectTrainable({ texts, labels: twice, seed: 1 })
    expect([...classifier.labels]).toEqual([...labels].sort())
    expect(loadClassifier(await saveClassifier(classifier)).labels).toEqual(classifier.labels)
  })

  it('tells scripts apart that it has learned', async () => {
    const pairs = [
      ['como pago mi factura', 'es'],
      ['كيف أدفع فاتورتي', 'ar'],
      ['איך אני משלם את החשבון', 'he'],
      ['請求書の支払い方法', 'ja'],
      ['😀😀😀', 'emoji'],
    ] as const
    const rows = [...pairs, ...pairs, ...pairs]
    const classifier = await expectTrainable({
      texts: rows.map(([text], i) => `${text} ${i}`),
      labels: rows.map(([, label]) => label),
      seed: 1,
    })
    for (const [text, label] of pairs) expect(classifier.classify(text).label).toBe(label)
  })
})

describe('classifying', () => {
  let classifier: Classifier
  beforeAll(() => {
    classifier = trainClassifier({ ...toyPosts(80), seed: 1 })
  })

  it('answers any text sanely, and alike whatever came before it', () => {
    expectSane(classifier)
    const alone = hostileTexts.map((text) => classifier.predict(text))
    for (const at of [...hostileTexts.keys()].reverse())
      expect(classifier.predict(hostileTexts[at]!)).toEqual(alone[at])
    expect(classifier.predictAll(hostileTexts)).toEqual(Float64Array.from(alone.flatMap((row) => [...row])))
  })

  it('abstains on texts of which it knows nothing', () => {
    for (const text of ['', ' ', '請求書', '\u200b'])
      expect(classifier.classify(text).decision).toBe('abstained')
  })

  it('answers no texts with no answers', () => {
    expect(classifier.classifyAll([])).toEqual([])
    expect(classifier.predictAll([])).toHaveLength(0)
  })

  it.each([undefined, null, Number.NaN, 5, {}])('refuses %s for a text with a code', (text) => {
    for (const ask of [classifier.classify, classifier.predict, classifier.encode])
      expect(() => ask(text as string)).toThrow(LearningError)
  })
})

describe('arguments that are no numbers', () => {
  const posts = toyPosts(12)
  const nonsense = [Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, undefined, null, '1', {}]

  it.each(nonsense.filter((value) => value !== -1))('are refused as a seed: %s', (seed) => {
    expect(() => trainClassifier({ ...posts, seed: seed as number })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
  })

  it.each(nonsense.filter((value) => typeof value === 'number'))('are refused as a risk: %s', (risk) => {
    for (const name of ['riskBudget', 'failureProbability'])
      expect(() => trainClassifier({ ...posts, seed: 1, [name]: risk })).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
      )
  })

  it.each([undefined, null, Number.NaN, 5, {}])('are refused as a text, and as a label: %s', (wrong) => {
    const texts = [...posts.texts.slice(1), wrong as string]
    expect(() => trainClassifier({ ...posts, texts, seed: 1 })).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    )
    const labels = [...posts.labels.slice(1), wrong as string]
    expect(() => trainClassifier({ ...posts, labels, seed: 1 })).toThrow(LearningError)
  })

  it('are refused as confidences to evaluate', () => {
    for (const confidence of [Number.NaN, Number.POSITIVE_INFINITY, -0.1, 1.1])
      expect(() => evaluate([{ truth: 'a', label: 'a', confidence, assigned: true }])).toThrow(
        expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
      )
  })

  it('never make a strategy ask about a post that is not there', () => {
    const pool = {
      ids: ['a', 'b', 'c'],
      classProbabilities: rankClassProbabilities([Number.NaN, 0.5, 0.4, 0.6, Number.NaN, Number.NaN], 2),
      labelled: [0, 0],
      seed: 1,
    }
    const { shortlist } = requireQueryStrategy('margin')
    expect([...shortlist(pool, 10)].sort()).toEqual([0, 1, 2])
    expect([...shortlist(pool, Number.NaN)]).toEqual([])
  })
})
