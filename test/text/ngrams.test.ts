import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNgramCounter, defaultNgramOptions } from '../../src/text/terms/ngrams.ts'

const count = createNgramCounter()

function tally(text: string, counter = count) {
  const { hashes, counts, words, size } = counter(text)
  const part = (from: number, to: number) =>
    new Map(Array.from({ length: to - from }, (_, i) => [hashes[from + i]!, counts[from + i]!]))
  return { words: part(0, words), characters: part(words, size) }
}

/** The definition, by strings: what the rolling hashes must count. */
function byStrings(text: string) {
  const tokens = text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}_]+|[^\p{L}\p{N}\p{M}_\s\p{Z}\p{C}]+/gu)
  const words = new Map<string, number>()
  const characters = new Map<string, number>()
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1)
  const found = tokens ?? []
  for (const [i, token] of found.entries()) {
    add(words, token)
    if (i > 0) add(words, `${found[i - 1]} ${token}`)
    const padded = ` ${token} `
    for (let n = 2; n <= 5; n++) {
      for (let at = 0; at + n <= padded.length; at++) add(characters, padded.slice(at, at + n))
    }
  }
  return { words, characters }
}

const sorted = (values: Iterable<number>) => [...values].sort((a, b) => a - b)

describe('the n-gram counter', () => {
  it('counts the word 1–2-grams and the character 2–5-grams that the definition by strings has', () => {
    const text = fc
      .array(fc.constantFrom('Carte', 'carte', "l'été", 'où', 'pay', '?!', 'a', '2024', 'naïve', ' ', '\n'))
      .map((parts) => parts.join(' '))
    fc.assert(
      fc.property(text, (post) => {
        const expected = byStrings(post)
        const actual = tally(post)
        expect(sorted(actual.words.values())).toEqual(sorted(expected.words.values()))
        expect(sorted(actual.characters.values())).toEqual(sorted(expected.characters.values()))
      }),
    )
  })

  it('takes upper and lower case, and compatible and composed forms, for the same', () => {
    expect(tally('PRÉLÈVEMENT ﬁn')).toEqual(tally('prélèvement fin'))
  })

  it('keeps accents apart', () => {
    expect(tally('côte').words).not.toEqual(tally('cote').words)
  })

  it('gives equal hashes to equal n-grams of different posts, and keeps words apart from characters', () => {
    const long = tally('my card has not arrived')
    for (const hash of tally('card').words.keys()) {
      expect(long.words.has(hash)).toBe(true)
      expect(long.characters.has(hash)).toBe(false)
    }
  })

  it('counts a post the same whatever was counted before', () => {
    const post = 'where is my card?'
    const before = tally(post)
    tally('x '.repeat(5000))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (other) => {
        tally(other)
        expect(tally(post)).toEqual(before)
      }),
      { numRuns: 20 },
    )
  })

  it.each(['', '   ', '\u0000', '\ud800', '\udc00\ud800', '😀😀', 'مرحبا بالعالم', '汉字'.repeat(500)])(
    'survives %j',
    (text) => {
      const { size, words } = count(text)
      expect(size).toBeGreaterThanOrEqual(words)
    },
  )

  it('reads an emoji as a word', () => {
    expect(tally('😡').words.size).toBe(1)
  })

  it('reads no more of an endless word than its limit', () => {
    const word = Array.from({ length: 10_000 }, (_, i) => String.fromCharCode(97 + ((i * i) % 23))).join('')
    const total = [...tally(word).characters.values()].reduce((sum, n) => sum + n, 0)
    expect(total).toBeLessThan(defaultNgramOptions.maxWordLength * 4 + 8)
  })

  it('keeps words before characters, and for both the lowest hashes, when a post has too many', () => {
    const post = 'un deux trois quatre cinq six sept huit'
    const all = tally(post)
    const few = tally(post, createNgramCounter({ ...defaultNgramOptions, maxFeatures: 20 }))
    expect(new Set(few.words.keys())).toEqual(new Set(all.words.keys()))
    expect(sorted(few.characters.keys())).toEqual(sorted(all.characters.keys()).slice(0, 20 - all.words.size))
    const fewer = tally(post, createNgramCounter({ ...defaultNgramOptions, maxFeatures: 3 }))
    expect(sorted(fewer.words.keys())).toEqual(sorted(all.words.keys()).slice(0, 3))
    expect(fewer.characters.size).toBe(0)
  })
})
