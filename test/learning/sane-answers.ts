import { expect } from 'vitest'
import { loadClassifier } from '../../src/learning/artefact/artefact.ts'
import type { Classifier } from '../../src/learning/classifier.ts'
import { LearningError } from '../../src/learning/errors.ts'

/** Texts that people do not write, and some that they do. */
export const hostileTexts = [
  '',
  ' \n\t',
  'ma facture',
  'x'.repeat(10_000),
  `${'é'.repeat(10_000)} facture`,
  '😀👩‍👩‍👧🏽🇫🇷',
  'שלום עולם كيف حالك',
  '\u202ehow do I pay\u202c فاتورة my bill счёт 請求書',
  '\ud800 carte \udc00',
  '\udfff\ud800\udbff',
  `e${'\u0301'.repeat(500)}`,
  '\u0000\u0001\u007f\ufffe\uffff',
  '\u200b\u200d\ufeff',
  '__proto__ constructor toString',
  `${'a b '.repeat(20_000)}`,
]

/** Holds a classifier to finite probabilities that sum to one and to a decision that follows from them. */
export function expectSane(classifier: Classifier, texts: readonly string[] = hostileTexts): void {
  for (const text of texts) {
    const shares = classifier.predict(text)
    expect(shares).toHaveLength(classifier.labels.length)
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true)
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-9)
    const { label, confidence, decision, alternatives } = classifier.classify(text)
    expect(alternatives).toHaveLength(classifier.labels.length)
    expect(confidence).toBe(Math.max(...shares))
    expect(confidence).toBe(shares[classifier.labels.indexOf(label)])
    expect(['assigned', 'abstained']).toContain(decision)
    if (confidence < classifier.threshold) expect(decision).toBe('abstained')
  }
}

/** What loading came to: a sane classifier, or a failure with a code that says the artefact is at fault. */
export function expectCodedOrSane(
  files: Readonly<Record<string, Uint8Array>>,
  texts?: readonly string[],
): void {
  let classifier: Classifier
  try {
    classifier = loadClassifier(files)
  } catch (error) {
    expect(error).toBeInstanceOf(LearningError)
    expect(['ARTEFACT_CORRUPT', 'ARTEFACT_UNSUPPORTED']).toContain((error as LearningError).code)
    return
  }
  expectSane(classifier, texts)
}
