import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { saveClassifier } from '../../src/learning/artefact/artefact.ts'
import type { Classifier } from '../../src/learning/classifier.ts'
import { createRandom, shuffle } from '../../src/learning/random.ts'
import { trainClassifier } from '../../src/learning/training/train-classifier.ts'
import '../../src/learning/artefact/tf-layers.ts'
import { toyPosts } from './toy-posts.ts'

tf.enableProdMode()

const seed = fc.integer({ min: 1, max: 1e6 })
/** Words in scripts that no training text has, so that none of their n-grams is known. */
const unknownWord = fc
  .array(fc.oneof(fc.integer({ min: 0x4e00, max: 0x9fa5 }), fc.integer({ min: 0x0430, max: 0x044f })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((codes) => String.fromCharCode(...codes))
const knownText = seed.map((number) => toyPosts(1, number).texts[0]!)

let classifier: Classifier
beforeAll(() => {
  classifier = trainClassifier({ ...toyPosts(80), seed: 1 })
})

describe('training', () => {
  it('gives the same bytes in whatever order texts and labels come', async () => {
    const row = fc.record({
      text: fc.oneof(
        knownText,
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom('', 'the same'),
      ),
      label: fc.constantFrom('b', 'a', 'B', 'é', 'e\u0301', '😀', '\ud800'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 30 }), seed, async (rows, order) => {
        fc.pre(new Set(rows.map(({ label }) => label)).size > 1)
        const saved = (some: typeof rows) =>
          saveClassifier(
            trainClassifier({ texts: some.map((r) => r.text), labels: some.map((r) => r.label), seed: 1 }),
          )
        const files = await saved(rows)
        expect(await saved(shuffle([...rows], createRandom(order)))).toEqual(files)
        expect(await saved([...rows].reverse())).toEqual(files)
      }),
      { numRuns: 12 },
    )
  })

  it('leaves no trace in a classifier trained after another', async () => {
    const posts = toyPosts(40, 3)
    const files = await saveClassifier(trainClassifier({ ...posts, seed: 1 }))
    trainClassifier({ ...toyPosts(50, 8), seed: 4 })
    expect(await saveClassifier(trainClassifier({ ...posts, seed: 1 }))).toEqual(files)
  })
})

describe('features of a text', () => {
  it('that were never seen change nothing, to the last bit', () => {
    fc.assert(
      fc.property(knownText, fc.array(unknownWord, { minLength: 1, maxLength: 5 }), (text, words) => {
        for (const more of [
          `${text} ${words.join(' ')}`,
          `${words.join(' ')} ${text}`,
          `${text}\n${words[0]}`,
        ]) {
          expect(classifier.encode(more)).toEqual(classifier.encode(text))
          expect(classifier.predict(more)).toEqual(classifier.predict(text))
        }
        expect(classifier.encode(words.join(' ')).indices).toHaveLength(0)
      }),
    )
  })

  it('keep their columns beside a word that divides them, losing no more than the pair it divides', () => {
    fc.assert(
      fc.property(knownText, unknownWord, fc.nat(), (text, word, place) => {
        const words = text.split(' ')
        const at = place % (words.length + 1)
        const columns = (some: string) => new Set(classifier.encode(some).indices)
        const before = columns(text)
        const after = columns([...words.slice(0, at), word, ...words.slice(at)].join(' '))
        for (const column of after) expect(before.has(column)).toBe(true)
        expect(before.size - after.size).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('are distinct columns with finite values', () => {
    fc.assert(
      fc.property(fc.oneof(knownText, fc.string({ unit: 'binary' })), (text) => {
        const { indices, values } = classifier.encode(text)
        expect(new Set(indices).size).toBe(indices.length)
        expect(values).toHaveLength(indices.length)
        expect(values.every(Number.isFinite)).toBe(true)
        expect(indices.every((column) => column >= 0)).toBe(true)
      }),
    )
  })

  it('pay no heed to case, to the width of characters or to how much space is between words', () => {
    fc.assert(
      fc.property(knownText, fc.constantFrom('  ', '\t', '\n\n', '\u00a0', '\u3000'), (text, space) => {
        const wide = text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
        for (const other of [text.toUpperCase(), wide, `${space}${text.replaceAll(' ', space)}${space}`])
          expect(classifier.predict(other)).toEqual(classifier.predict(text))
      }),
    )
  })
})

describe('the network over sparse rows', () => {
  let network: LayersModel
  beforeAll(async () => {
    const files = await saveClassifier(classifier)
    const { weightsManifest, ...json } = JSON.parse(new TextDecoder().decode(files['model.json']))
    const weightSpecs = weightsManifest[0].weights
    network = await loadLayersModel({
      load: async () => ({ ...json, weightSpecs, weightData: files['weights.bin'].slice().buffer }),
    })
  })

  /** Probabilities of one row, as TensorFlow.js computes them. */
  function answer(indices: readonly number[], values: readonly number[]): Float32Array {
    return tf.tidy(() => {
      const row = [tf.tensor2d([[...indices]], [1, indices.length], 'int32'), tf.tensor2d([[...values]])]
      return (network.predict(row) as tf.Tensor).dataSync() as Float32Array
    })
  }

  function expectClose(found: Float32Array, expected: Float64Array): void {
    expect(found).toHaveLength(expected.length)
    found.forEach((share, c) => {
      expect(Math.abs(share - expected[c]!)).toBeLessThan(1e-5)
    })
  }

  it('answers as over the same rows written out, zeros and all', () => {
    const columns = classifier.model.vocabulary.hashes.length
    const every = Array.from({ length: columns }, (_, column) => column)
    fc.assert(
      fc.property(knownText, (text) => {
        const dense = new Float32Array(columns)
        const { indices, values } = classifier.encode(text)
        indices.forEach((column, at) => {
          dense[column] = values[at]!
        })
        expectClose(answer(every, [...dense]), classifier.predict(text))
      }),
      { numRuns: 30 },
    )
  })

  it('answers alike in whatever order a row is written, in halves, and with zeros beside it', () => {
    fc.assert(
      fc.property(knownText, seed, (text, order) => {
        const { indices, values } = classifier.encode(text)
        const places = shuffle([...indices.keys(), ...indices.keys()], createRandom(order))
        const halves = places.map((at) => values[at]! / 2)
        const columns = places.map((at) => indices[at]!)
        expectClose(answer([...columns, 0, 1], [...halves, 0, 0]), classifier.predict(text))
      }),
      { numRuns: 30 },
    )
  })
})
