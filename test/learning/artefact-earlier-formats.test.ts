import { expect, it } from 'vitest'
import { toHalf } from '../../src/learning/half-float.ts'
import {
  type ArtefactFiles,
  loadClassifier,
  saveClassifier,
  trainClassifier,
  withBudgets,
} from '../../src/learning/index.ts'
import { softmaxInPlace } from '../../src/learning/predict.ts'
import { toyPosts } from './toy-posts.ts'

const posts = toyPosts(120)
const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
const decode = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes))

/** The linear part of a classifier as format 1 wrote it. */
function firstFormat(
  files: ArtefactFiles,
  weights: Float32Array,
  bias: Float32Array,
): Record<string, Uint8Array> {
  const { budgets: _, labelThresholds: __, fullFit: ___, ...about } = decode(files['classifier.json'])
  const classes = bias.length
  const kernel = toHalf(weights)
  const bytes = new Uint8Array(kernel.byteLength + classes * 4)
  bytes.set(new Uint8Array(kernel.buffer))
  bytes.set(new Uint8Array(bias.slice().buffer), kernel.byteLength)
  const shape = [weights.length / classes, classes]
  const entries = [
    { name: 'logits/kernel', shape, dtype: 'float32', quantization: { dtype: 'float16' } },
    { name: 'logits/bias', shape: [classes], dtype: 'float32' },
  ]
  const { 'held-out.bin': ____, ...others } = files
  return {
    ...others,
    'classifier.json': encode({ ...about, format: 1 }),
    'model.json': encode({ weightsManifest: [{ paths: ['weights.bin'], weights: entries }] }),
    'weights.bin': bytes,
  }
}

it('goes on answering by an artefact of the first format, and begins anew when it is trained', async () => {
  const { model, encode: rowOf, ...classifier } = trainClassifier({ ...posts, seed: 1 })
  const files = await saveClassifier({ model, encode: rowOf, ...classifier })
  const old = firstFormat(files, model.weights, model.bias)
  const loaded = loadClassifier(old)
  for (const text of posts.texts.slice(0, 20)) {
    const { indices, values } = rowOf(text)
    const expected = Float64Array.from(model.bias, (bias, c) =>
      indices.reduce(
        (sum, column, k) => sum + values[k]! * model.weights[column * model.bias.length + c]!,
        bias,
      ),
    )
    softmaxInPlace(expected, 0, expected.length, model.temperature)
    loaded.predict(text).forEach((p, c) => {
      expect(p).toBeCloseTo(expected[c]!, 5)
    })
  }
  const more = toyPosts(125)
  const child = trainClassifier({ ...more, seed: 1, parent: loaded })
  expect(child.model.fullFit).toEqual({ examples: 125, refits: 0 })
  expect(() => loadClassifier({ ...old, 'weights.bin': old['weights.bin']!.slice(1) })).toThrow(
    'do not fit together',
  )
})

it('goes on answering by an artefact of the second format, under the threshold that it has', async () => {
  const trained = trainClassifier({ ...posts, seed: 1 })
  const { 'held-out.bin': _, ...files } = await saveClassifier(trained)
  const { budgets, labelThresholds: __, ...about } = decode(files['classifier.json'])
  const old = { ...files, 'classifier.json': encode({ ...about, format: 2, risk: budgets.facet }) }
  const loaded = loadClassifier(old)
  for (const text of posts.texts.slice(0, 20)) {
    const { familiarity: ___, ...verdict } = trained.classify(text)
    expect(loaded.classify(text)).toEqual({ ...verdict, familiarity: 0 })
  }
  expect(() => withBudgets(loaded, { facet: { budget: 0.1, doubt: 0.05 } })).toThrow(
    expect.objectContaining({ code: 'NO_HELD_OUT_ROWS' }),
  )
  const child = trainClassifier({ ...toyPosts(125), seed: 1, parent: loaded })
  expect(child.model.fullFit).toEqual({ examples: 125, refits: 0 })
})
