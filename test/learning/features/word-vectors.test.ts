import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../../src/learning/features/corpus.ts'
import { fitWordVectors, selectVectors } from '../../../src/learning/features/word-vectors.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { fitTeacher, mixProbabilities } from '../../../src/learning/training/teacher.ts'

/** Posts about two subjects, each with eight words of its own beside four that both use. */
const SUBJECTS = [
  ['train', 'platform', 'ticket', 'station', 'seat', 'carriage', 'conductor', 'delay'],
  ['oven', 'flour', 'butter', 'yeast', 'dough', 'crust', 'recipe', 'kitchen'],
]
const SHARED = ['today', 'please', 'again', 'problem']

function madeUpPosts(count: number): { texts: string[]; subjects: number[] } {
  const random = createRandom(3)
  const subjects = Array.from({ length: count }, () => random.below(2))
  const texts = subjects.map((subject) => {
    const own = Array.from({ length: 3 }, () => SUBJECTS[subject]![random.below(8)])
    return [...own, SHARED[random.below(4)]].join(' ')
  })
  return { texts, subjects }
}

function rowsOf(count: number, from = 0): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => from + at)
}

describe('word vectors', () => {
  const { texts, subjects } = madeUpPosts(400)
  // None of the words of the last two posts stand in one post together.
  const corpus = readCorpus([...texts, 'ticket', 'conductor', 'yeast'])

  it('are near for words that occur beside the same others', () => {
    const vectors = fitWordVectors(corpus, rowsOf(400), 1)!
    const { values, columns } = selectVectors(vectors, rowsOf(3, 400))
    const alike = (a: number, b: number) => {
      let product = 0
      for (let d = 0; d < columns; d++) product += values[a * columns + d]! * values[b * columns + d]!
      return product
    }
    expect(alike(0, 1)).toBeGreaterThan(2 * Math.abs(alike(0, 2)))
  })

  it('are the same to the last bit for the same posts and seed', () => {
    expect(fitWordVectors(corpus, rowsOf(400), 1)).toEqual(fitWordVectors(corpus, rowsOf(400), 1))
  })

  it('are not made of posts that share too few words', () => {
    expect(fitWordVectors(readCorpus(['one two', 'three four']), rowsOf(2), 1)).toBeUndefined()
    expect(fitWordVectors(readCorpus(['', '']), rowsOf(2), 1)).toBeUndefined()
  })

  it('give a post without a known word no vector, and no number that is none', () => {
    const more = readCorpus([...texts, 'zzz'])
    const { values } = selectVectors(fitWordVectors(more, rowsOf(400), 1)!, rowsOf(1, 400))
    expect(values.every((value) => value === 0)).toBe(true)
  })

  it('teach labels for words that no example has', () => {
    const vectors = fitWordVectors(corpus, rowsOf(400), 1)!
    const examples = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7)
    const targets = examples.map((row) => subjects[row]!)
    const teacher = fitTeacher(vectors, { rows: examples, targets, classes: 2, seed: 1 })
    const asked = rowsOf(392, 8)
    const probabilities = teacher(asked)
    const right = asked.filter((row, at) => probabilities[at * 2 + subjects[row]!]! > 0.5)
    expect(right.length / asked.length).toBeGreaterThan(0.95)
  })
})

describe('two distributions mixed', () => {
  it('are a distribution, surest where both agree', () => {
    const mixed = mixProbabilities(Float64Array.of(0.9, 0.1, 0.9, 0.1), Float64Array.of(0.9, 0.1, 0, 1), 2)
    expect(mixed[0]! + mixed[1]!).toBeCloseTo(1, 12)
    expect(mixed[2]! + mixed[3]!).toBeCloseTo(1, 12)
    expect(mixed[0]).toBeCloseTo(0.9, 6)
    expect(mixed[2]!).toBeLessThan(0.5)
  })
})
