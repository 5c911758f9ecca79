import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alignNormal, normalise, visitNgrams, type WordPlace } from '../../src/text/terms/ngram-places.ts'
import { createNgramCounter, defaultNgramOptions } from '../../src/text/terms/ngrams.ts'
import { propertyRuns } from '../support/matrix.ts'
import { trickyText } from './tricky-texts.ts'

const options = { ...defaultNgramOptions, maxLength: 60, maxWordLength: 9, maxFeatures: 100_000 }
const count = createNgramCounter(options)
const slices = (text: string, words: readonly WordPlace[]) =>
  words.map(({ start, end }) => text.slice(start, end))
const words = (text: string) =>
  slices(
    text,
    visitNgrams(text, defaultNgramOptions, () => undefined),
  )

describe('the places of n-grams', () => {
  it('are those of the n-grams that are counted, each as often', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const { hashes, counts, size } = count(text)
        const counted = new Map(Array.from({ length: size }, (_, at) => [hashes[at]!, counts[at]!]))
        const placed = new Map<number, number>()
        visitNgrams(text, options, (hash, _word, share) => placed.set(hash, (placed.get(hash) ?? 0) + share))
        expect([...placed.keys()].sort()).toEqual([...counted.keys()].sort())
        for (const [hash, n] of counted) expect(placed.get(hash)).toBeCloseTo(n, 9)
      }),
      { numRuns: propertyRuns(2000) },
    )
  })

  it('are words of the text as it was given', () => {
    expect(words("L'été, où est ma CARTE ?!")).toEqual([
      'L',
      "'",
      'été',
      ',',
      'où',
      'est',
      'ma',
      'CARTE',
      '?!',
    ])
    expect(words('Pré\u0301payée ﬁn ｶﾞス İstanbul 😡😡 x')).toEqual([
      'Pré\u0301payée',
      'ﬁn',
      'ｶﾞス',
      'İstanbul',
      '😡😡',
      'x',
    ])
    expect(words('1½')).toEqual(['1½', '½', '½'])
  })

  it('follow one another and lie within what is read', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const places = visitNgrams(text, options, () => undefined)
        let before = 0
        for (const { start, end } of places) {
          expect(start).toBeGreaterThanOrEqual(before)
          expect(end).toBeGreaterThan(start)
          expect(end).toBeLessThanOrEqual(Math.min(text.length, options.maxLength))
          before = start
        }
      }),
      { numRuns: propertyRuns(1000) },
    )
  })
})

describe('an aligned text', () => {
  it('is as fine as the characters allow: a code unit comes from those that made it', () => {
    fc.assert(
      fc.property(trickyText, (text) => {
        const { normal, starts, ends } = alignNormal(text, 1000)
        expect(normal).toBe(normalise(text, 1000))
        for (let at = 0; at < normal.length; at++) {
          const made = normalise(text.slice(starts[at]!, ends[at]!), 1000)
          expect(made.replaceAll('ς', 'σ')).toContain(normal[at]!.replace('ς', 'σ'))
        }
      }),
      { numRuns: propertyRuns(1000) },
    )
    const { starts, ends } = alignNormal('aﬁe\u0301ΟΣ', 1000)
    expect([...starts]).toEqual([0, 1, 1, 2, 4, 5])
    expect([...ends]).toEqual([1, 2, 2, 4, 5, 6])
  })

  it('takes time in proportion to its length, whatever it is made of', () => {
    for (const piece of ['\u0301', '\u0301ﾞ', 'ㄱㅏ', 'İ', '\ud83d', 'ﷺ'])
      expect(alignNormal(piece.repeat(10_000), 20_000).normal.length).toBeGreaterThan(0)
  }, 5000)
})
