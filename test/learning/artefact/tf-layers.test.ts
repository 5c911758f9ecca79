import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ArtefactFiles, saveClassifier } from '../../../src/learning/artefact/artefact.ts'
import { buildNetwork, sparseDense } from '../../../src/learning/artefact/tf-layers.ts'
import { NO_WARMING } from '../../../src/learning/calibration/calibration.ts'
import type { Classifier } from '../../../src/learning/classifier.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { trainClassifier } from '../../../src/learning/training/train-classifier.ts'
import { toyPosts } from '../toy-posts.ts'

tf.enableProdMode()

/** All that a stranger's script needs to load an artefact. */
function handlerOver(files: ArtefactFiles): tf.io.IOHandler {
  return {
    load: async () => {
      const { weightsManifest, ...json } = JSON.parse(new TextDecoder().decode(files['model.json']))
      return {
        ...json,
        weightSpecs: weightsManifest[0].weights,
        weightData: files['weights.bin'].slice().buffer,
      }
    },
  }
}

/** Rows padded to the longest. */
function tensorsOf(classifier: Classifier, texts: string[]): [tf.Tensor2D, tf.Tensor2D] {
  const rows = texts.map((text) => classifier.encode(text))
  const longest = Math.max(1, ...rows.map((row) => row.indices.length))
  const indices = new Int32Array(rows.length * longest)
  const values = new Float32Array(rows.length * longest)
  rows.forEach((row, at) => {
    indices.set(row.indices, at * longest)
    values.set(row.values, at * longest)
  })
  return [tf.tensor2d(indices, [rows.length, longest], 'int32'), tf.tensor2d(values, [rows.length, longest])]
}

describe('the artefact in TensorFlow.js', () => {
  let classifier: Classifier
  let files: ArtefactFiles
  beforeAll(async () => {
    classifier = trainClassifier({ ...toyPosts(80), seed: 1 })
    files = await saveClassifier(classifier)
  })

  it('loads as a layers model with the same probabilities within 1e-5', async () => {
    const model = await loadLayersModel(handlerOver(files))
    const texts = [...toyPosts(40, 3).texts, '', '😀', 'facture '.repeat(2000)]
    const answered = (model.predict(tensorsOf(classifier, texts)) as tf.Tensor).dataSync()
    const expected = classifier.predictAll(texts)
    expect(answered.length).toBe(expected.length)
    answered.forEach((p, at) => {
      expect(Math.abs(p - expected[at]!)).toBeLessThan(1e-5)
    })
  })

  it('holds no date and no path', () => {
    const json = new TextDecoder().decode(files['model.json'])
    expect(json).not.toMatch(/\d{4}-\d\d-\d\d|dateSaved|\/work\//)
  })
})

describe('the sparse layer', () => {
  const indices = tf.tensor2d([0, 2, 2, 1, 4, 0], [2, 3], 'int32')
  const random = createRandom(4)
  const noise = (count: number) => Float32Array.from({ length: count }, () => random.next() * 2 - 1)
  const values = tf.tensor2d(noise(6), [2, 3])
  const kernel = tf.tensor2d(noise(20), [5, 4])
  const bias = tf.tensor1d(noise(4))

  it('agrees with a dense product', () => {
    const dense = tf.sum(tf.mul(tf.oneHot(indices, 5), tf.expandDims(values, 2)), 1)
    const expected = tf.add(tf.matMul(dense as tf.Tensor2D, kernel), bias).dataSync()
    const actual = sparseDense(indices, values, kernel, bias).dataSync()
    actual.forEach((y, at) => {
      expect(y).toBeCloseTo(expected[at]!, 5)
    })
  })

  it('has the gradient that finite differences have, in values, kernel and bias', () => {
    const weigh = tf.tensor2d(noise(8), [2, 4])
    const loss = (v: tf.Tensor, k: tf.Tensor, b: tf.Tensor) => {
      const y = sparseDense(indices, v, k, b)
      return tf.sum(tf.mul(tf.mul(y, y), weigh)) as tf.Scalar
    }
    const inputs = [values, kernel, bias]
    const gradients = tf.grads((v, k, b) => loss(v!, k!, b!))(inputs)
    for (const [which, input] of inputs.entries()) {
      const exact = gradients[which]!.dataSync()
      for (let at = 0; at < input.size; at++) {
        const moved = (by: number) => {
          const data = Float32Array.from(input.dataSync())
          data[at] = data[at]! + by
          const replaced = inputs.map((other, i) => (i === which ? tf.tensor(data, input.shape) : other))
          return loss(replaced[0]!, replaced[1]!, replaced[2]!).dataSync()[0]!
        }
        expect(Math.abs((moved(0.01) - moved(-0.01)) / 0.02 - exact[at]!)).toBeLessThan(5e-3)
      }
    }
  })

  it('can be trained by TensorFlow.js itself', async () => {
    const model = buildNetwork({ columns: 5, classes: 4, units: 3, temperature: 1, ...NO_WARMING })
    model.compile({ optimizer: tf.train.adam(0.3), loss: 'categoricalCrossentropy' })
    const targets = tf.tensor2d([1, 0, 0, 0, 0, 0, 1, 0], [2, 4])
    const { history } = await model.fit([indices, values], targets, { epochs: 20, verbose: 0 })
    expect(history.loss!.at(-1)).toBeLessThan(0.2)
  })
})
