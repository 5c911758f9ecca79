import { describe, expect, it } from 'vitest'
import type { SparseRows } from '../../../src/learning/features/vectorizer.ts'
import { type SoftmaxModel, trainSoftmax } from '../../../src/learning/network/softmax.ts'
import { addSparseProduct } from '../../../src/learning/network/sparse-kernel.ts'
import { createRandom } from '../../../src/learning/random.ts'
import { softmaxInPlace } from '../../../src/learning/training/predict.ts'

const options = { seed: 1, epochs: 200, learningRate: 2, dropout: 0 }

/** Rows of three noisy features out of twelve, whose labels are drawn from a known model. */
function drawn(size: number, classes: number): { rows: SparseRows; targets: Int32Array } {
  const random = createRandom(5)
  const truth = Float32Array.from({ length: 12 * classes }, () => (random.next() - 0.5) * 6)
  const indices = Int32Array.from({ length: size * 3 }, (_, at) => (at % 3) * 4 + random.below(4))
  const values = new Float32Array(size * 3).fill(0.8)
  const offsets = Float64Array.from({ length: size + 1 }, (_, row) => row * 3)
  const rows = { size, columns: 12, offsets, indices, values }
  const model = { weights: truth, bias: new Float32Array(classes) }
  const targets = Int32Array.from({ length: size }, (_, row) => {
    const p = probabilities(model, rows, row)
    let left = random.next()
    return p.findIndex((share, c) => {
      left -= share
      return left < 0 || c === classes - 1
    })
  })
  return { rows, targets }
}

function probabilities({ weights, bias }: SoftmaxModel, rows: SparseRows, row: number): Float64Array {
  const out = Float64Array.from(bias)
  const [from, to] = [rows.offsets[row]!, rows.offsets[row + 1]!]
  addSparseProduct(rows.indices, rows.values, from, to, weights, bias.length, out)
  softmaxInPlace(out, 0, out.length, 1)
  return out
}

describe('the softmax solver', () => {
  it('ends where the gradient of the likelihood is nearly zero', () => {
    const { rows, targets } = drawn(400, 3)
    const model = trainSoftmax({ rows, targets, classes: 3 }, options)
    const gradient = new Float64Array(12 * 3)
    for (let row = 0; row < rows.size; row++) {
      const p = probabilities(model, rows, row)
      for (let at = rows.offsets[row]!; at < rows.offsets[row + 1]!; at++) {
        for (let c = 0; c < 3; c++) {
          gradient[rows.indices[at]! * 3 + c]! +=
            (rows.values[at]! * (p[c]! - (targets[row] === c ? 1 : 0))) / rows.size
        }
      }
    }
    expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(0.005)
  })

  it('shrinks its weights under dropout', () => {
    const { rows, targets } = drawn(400, 3)
    const size = (dropout: number) =>
      trainSoftmax({ rows, targets, classes: 3 }, { ...options, dropout }).weights.reduce(
        (sum, w) => sum + w * w,
        0,
      )
    expect(size(0.5)).toBeLessThan(size(0))
  })

  it('gives the same weights for the same seed, others for another', () => {
    const { rows, targets } = drawn(50, 4)
    const weights = (seed: number) =>
      trainSoftmax({ rows, targets, classes: 4 }, { ...options, epochs: 2, seed }).weights
    expect(weights(1)).toEqual(weights(1))
    expect(weights(1)).not.toEqual(weights(2))
  })

  it('leaves a feature alone that no row has', () => {
    const { rows, targets } = drawn(50, 4)
    const { weights } = trainSoftmax({ rows: { ...rows, columns: 13 }, targets, classes: 4 }, options)
    expect([...weights.slice(12 * 4)]).toEqual([0, 0, 0, 0])
  })
})
