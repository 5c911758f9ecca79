import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LearningError } from '../../../src/learning/errors.ts'
import { contributionsOf, explain } from '../../../src/learning/evaluation/explain.ts'

import { logitsOf, softmaxInPlace } from '../../../src/learning/training/predict.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { trickyText } from '../../text/tricky-texts.ts'
import { toyPosts } from '../toy-posts.ts'

const classifier = trainClassifier({ ...toyPosts(240), seed: 1 })
const fromPosts = fc
  .array(fc.oneof(fc.constantFrom(...toyPosts(60).texts), trickyText), { maxLength: 4 })
  .map((parts) => parts.join(' '))

describe('the contributions of features', () => {
  it('add up to the logit of each label', () => {
    const text = 'Bonjour, ma facture indique un montant de 4G ?'
    const row = classifier.encode(text)
    const logits = new Float64Array(classifier.labels.length)
    logitsOf(classifier.model, row.indices, row.values, 0, row.indices.length, logits)
    classifier.labels.forEach((_, c) => {
      const { entries, constant } = contributionsOf(classifier.model, row, c)
      expect(entries.reduce((sum, part) => sum + part, constant)).toBeCloseTo(logits[c]!, 9)
    })
  })
})

describe('an explanation', () => {
  it('adds up: the spans and the constant are the logit, and the logits are the probabilities', () => {
    fc.assert(
      fc.property(fromPosts, (text) => {
        const explained = classifier.labels.map((label) => explain(classifier, text, label))
        for (const { spans, constant, logit } of explained)
          expect(spans.reduce((sum, { contribution }) => sum + contribution, constant)).toBeCloseTo(logit, 6)
        const probabilities = Float64Array.from(explained, ({ logit }) => logit)
        softmaxInPlace(probabilities, 0, probabilities.length, classifier.temperatureOf(text))
        explained.forEach(({ probability }, c) => {
          // Served in single precision.
          expect(probability).toBeCloseTo(probabilities[c]!, 5)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('has spans of the text as given, in order, that do not overlap', () => {
    fc.assert(
      fc.property(fromPosts, (text) => {
        let before = 0
        for (const { start, end, text: own } of explain(classifier, text).spans) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(own).toBe(text.slice(start, end))
          before = end
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['Bonjour, mon PRÉLÈVEMENT est faux', 'facture', 'PRÉLÈVEMENT'],
    ['Bonjour, mon pre\u0301le\u0300vement est faux', 'facture', 'pre\u0301le\u0300vement'],
    ['My phone has no data since I crossed the Border', 'roaming', 'Border'],
  ])('names the word that decided: %s', (text, label, word) => {
    const explanation = explain(classifier, text)
    expect(explanation.label).toBe(label)
    expect(explanation.for[0]?.text).toBe(word)
    const other = explain(classifier, text, 'sim')
    expect(other.against.map((span) => span.text)).toContain(word)
    expect(other.logit).toBeLessThan(explanation.logit)
  })

  it('gives a word that occurs twice an equal part each time', () => {
    const [first, last] = explain(classifier, 'Facture facture', 'facture').spans
    expect(first!.contribution).toBeGreaterThan(0)
    expect(first!.contribution).toBeCloseTo(last!.contribution, 9)
  })

  it('is the constant alone for a text of which nothing is known', () => {
    for (const text of ['', '龍', '\ud800']) {
      const { spans, constant, logit } = explain(classifier, text)
      expect([spans, logit]).toEqual([[], constant])
    }
  })

  it('refuses a label that the classifier does not know', () => {
    expect(() => explain(classifier, 'facture', 'météo')).toThrow(LearningError)
  })

  it('reads a post at the limit of its length in reasonable time', () => {
    const text = 'Où est ma ﬁbre ? '.repeat(2000)
    const started = performance.now()
    expect(explain(classifier, text).spans.at(-1)?.end).toBeLessThanOrEqual(20_000)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
