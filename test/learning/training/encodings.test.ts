import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../../src/learning/features/corpus.ts'
import { type Encodings, joinEncodings } from '../../../src/learning/features/encodings.ts'
import { fitWordVectors } from '../../../src/learning/features/word-vectors.ts'
import { createRandom, shuffle } from '../../../src/learning/random.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

/** What customers call the same two things in posts that share no word with any example. */
const NICKNAMES = { réseau: ['zibox', 'ondulo'], facture: ['quittor', 'palpeur'] }

const { texts, labels } = toyPosts(240)
const nicknamed = Object.entries(NICKNAMES).flatMap(([label, nicknames]) =>
  Array.from({ length: 60 }, (_, at) => ({ label, text: `${nicknames[at % 2]} vrk${at % 9} plim${at % 5}` })),
)
const unlabelled = nicknamed.map(({ text }) => text)

/** Encodings that know what each post is about. */
function encode(posts: readonly { text: string; label: string }[]): Encodings {
  const subjects = [...new Set(labels)].sort()
  return new Map(
    posts.map(({ text, label }, at) => [
      text,
      Int8Array.from({ length: 8 }, (_, d) => (subjects[d] === label ? 90 : 10) + ((at * 7 + d * 3) % 9)),
    ]),
  )
}

const encodings = encode([
  ...texts.map((text, row) => ({ text, label: labels[row]! })),
  ...labels.map((label) => ({ text: label, label })),
  ...nicknamed,
])

describe('learning from an encoder', () => {
  const alone = trainClassifier({ texts, labels, unlabelled, seed: 1 })
  const taught = trainClassifier({ texts, labels, unlabelled, encodings, seed: 1 })

  it('teaches words of posts that share none with an example', () => {
    const confidence = (classifier: typeof alone, text: string, label: string) =>
      classifier.classify(text).alternatives.find((each) => each.label === label)!.confidence
    for (const [label, nicknames] of Object.entries(NICKNAMES))
      for (const nickname of nicknames) {
        expect(taught.classify(nickname).label).toBe(label)
        expect(confidence(taught, nickname, label)).toBeGreaterThan(confidence(alone, nickname, label) + 0.2)
      }
  })

  it('gives the same classifier in whatever order posts come', () => {
    const order = shuffle(Int32Array.from(unlabelled.keys()), createRandom(3))
    const shuffled = Array.from(order, (row) => unlabelled[row]!)
    const reversed = new Map([...encodings].reverse())
    const again = trainClassifier({ texts, labels, unlabelled: shuffled, encodings: reversed, seed: 1 })
    expect(again.model).toEqual(taught.model)
  })

  it('changes nothing where few unlabelled posts have an encoding, whose language was mistaken', () => {
    const others = new Map([...encodings].filter(([text]) => !unlabelled.includes(text)))
    const few = new Map([...encodings].filter(([text]) => !unlabelled.slice(10).includes(text)))
    for (const none of [new Map(), others, few])
      expect(trainClassifier({ texts, labels, unlabelled, encodings: none, seed: 1 }).model).toEqual(
        alone.model,
      )
    expect(trainClassifier({ texts, labels, encodings, seed: 1 }).model).toEqual(
      trainClassifier({ texts, labels, seed: 1 }).model,
    )
  })
})

describe('word vectors with encodings', () => {
  const posts = [
    'my card',
    'my card is lost',
    'la carte est perdue',
    'la carte',
    'card lost',
    'carte perdue',
    'qwx',
  ]
  const rows = Int32Array.from(posts.keys())
  const corpus = readCorpus(posts)
  const words = fitWordVectors(corpus, rows, 1)!
  const known = new Map([
    ['my card', Int8Array.of(3, 4, 0)],
    ['my card is lost', Int8Array.of(-3, 4, 0)],
    ['qwx', Int8Array.of(0, 4, 7)],
  ])
  const joined = joinEncodings({ words, encodings: known, texts: posts, unlabelled: rows })!
  const rowOf = (text: string) => {
    const at = posts.indexOf(text)
    return Array.from(joined.values.subarray(at * joined.dimensions, (at + 1) * joined.dimensions))
  }
  const length = (values: number[]) => Math.hypot(...values)

  it('have both parts of one length, and the length of word vectors', () => {
    expect(joined.dimensions).toBe(words.dimensions + 3)
    const both = rowOf('my card')
    expect(length(both)).toBeCloseTo(2, 5)
    expect(length(both.slice(0, words.dimensions))).toBeCloseTo(Math.SQRT2, 5)
    expect(rowOf('qwx').slice(0, words.dimensions)).toEqual(new Array(words.dimensions).fill(0))
    expect(length(rowOf('qwx'))).toBeCloseTo(Math.SQRT2, 5)
  })

  it('are word vectors alone for a post that the encoder does not know', () => {
    const at = posts.indexOf('la carte')
    const own = words.values.subarray(at * words.dimensions, (at + 1) * words.dimensions)
    expect(rowOf('la carte')).toEqual([...own, 0, 0, 0])
  })

  it('are encodings alone where posts have no words in common', () => {
    const only = joinEncodings({ words: undefined, encodings: known, texts: posts, unlabelled: rows })!
    expect(only.dimensions).toBe(3)
  })
})
