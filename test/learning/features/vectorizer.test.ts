import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../../src/learning/features/corpus.ts'
import { createEncoder } from '../../../src/learning/features/encoder.ts'
import { fitVocabulary, weighRows } from '../../../src/learning/features/vectorizer.ts'
import { defaultNgramOptions } from '../../../src/text/terms/ngrams.ts'
import { toyPosts } from '../toy-posts.ts'

const { texts } = toyPosts(60)
const corpus = readCorpus(texts)
const all = Int32Array.from(texts.keys())
const options = { minDocuments: 2, maxVocabulary: 100_000 }

describe('the vocabulary', () => {
  it('leaves out what too few documents have', () => {
    const every = fitVocabulary(corpus, all, { ...options, minDocuments: 1 })
    const shared = fitVocabulary(corpus, all, options)
    expect(every.hashes.length).toBe(corpus.hashes.length)
    expect(shared.hashes.length).toBeLessThan(every.hashes.length)
    expect(fitVocabulary(corpus, all, { ...options, minDocuments: 61 }).hashes.length).toBe(0)
  })

  it('keeps the most frequent when there are too many', () => {
    const few = fitVocabulary(corpus, all, { ...options, maxVocabulary: 50 })
    const shared = fitVocabulary(corpus, all, options)
    expect(few.hashes.length).toBe(50)
    const kept = new Set(few.hashes)
    const rarestKept = Math.max(...few.idf)
    const left = shared.idf.filter((_, column) => !kept.has(shared.hashes[column]!))
    expect(Math.min(...left)).toBeGreaterThanOrEqual(rarestKept)
  })

  it('knows only what the chosen rows have', () => {
    const one = fitVocabulary(corpus, Int32Array.of(0), { ...options, minDocuments: 1 })
    expect(one.hashes.length).toBe(corpus.offsets[1])
  })
})

describe('weighing', () => {
  it('scales the words and the characters of a row to length 1 each', () => {
    const rows = weighRows(corpus, all, fitVocabulary(corpus, all, options))
    for (let row = 0; row < rows.size; row++) {
      let squares = 0
      for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) squares += rows.values[at]! ** 2
      expect(squares).toBeCloseTo(2, 4)
    }
  })

  it('is what the encoder does with a text', () => {
    const vocabulary = fitVocabulary(corpus, all, options)
    const rows = weighRows(corpus, all, vocabulary)
    const encode = createEncoder(vocabulary, defaultNgramOptions)
    texts.forEach((text, row) => {
      const { indices, values, size } = encode(text)
      expect(indices.slice(0, size)).toEqual(rows.indices.slice(rows.offsets[row], rows.offsets[row + 1]))
      expect(values.slice(0, size)).toEqual(rows.values.slice(rows.offsets[row], rows.offsets[row + 1]))
    })
  })

  it('pays no heed to words it has never seen', () => {
    const encode = createEncoder(fitVocabulary(corpus, all, options), defaultNgramOptions)
    const of = (text: string) => {
      const { indices, values, size } = encode(text)
      return [indices.slice(0, size), values.slice(0, size)]
    }
    const unseen = fc.string({ unit: fc.constantFrom('Ж', 'Ω', 'ק'), minLength: 1 })
    fc.assert(
      fc.property(fc.nat(texts.length - 1), unseen, (row, word) => {
        expect(of(`${texts[row]} ${word}`)).toEqual(of(texts[row]!))
      }),
    )
  })
})
