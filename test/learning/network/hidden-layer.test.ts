import { describe, expect, it } from 'vitest'
import type { SparseRows } from '../../../src/learning/features/vectorizer.ts'
import {
  activate,
  addOutput,
  type GroupedModel,
  trainHidden,
} from '../../../src/learning/network/hidden-layer.ts'
import { createRandom } from '../../../src/learning/random.ts'

const options = { seed: 1, epochs: 60, learningRate: 0.3, dropout: 0, groups: 1, groupUnits: 16 }

/** Every row has two of four features; the class is whether they are of one kind: nothing linear tells. */
function exclusiveOr(): { rows: SparseRows; targets: Int32Array; classes: number } {
  const pairs = [0, 1, 2, 3].map((row) => [row & 1, 2 + (row >> 1)])
  const rows = Array.from({ length: 40 }, (_, row) => pairs[row % 4]!)
  return {
    rows: {
      size: 40,
      columns: 4,
      indices: Int32Array.from(rows.flat()),
      values: new Float32Array(80).fill(1),
      offsets: Float64Array.from({ length: 41 }, (_, row) => row * 2),
    },
    targets: Int32Array.from(rows, ([a, b]) => (a === b! - 2 ? 1 : 0)),
    classes: 2,
  }
}

/** Logits of one group alone: the outputs of the others are left out. */
function logits({ hidden, bias }: GroupedModel, rows: SparseRows, row: number, group = 0, groups = 1) {
  const awake = new Float64Array(hidden.units)
  activate(hidden, rows.indices, rows.values, rows.offsets[row]!, rows.offsets[row + 1]!, awake)
  const units = hidden.units / groups
  awake.forEach((_, unit) => {
    if (Math.floor(unit / units) !== group) awake[unit] = 0
  })
  const classes = bias.length / groups
  const out = Float64Array.from(bias.subarray(group * classes, (group + 1) * classes))
  addOutput(hidden, awake, out)
  return out
}

describe('the hidden layer', () => {
  it('learns what no linear model can', () => {
    const labelled = exclusiveOr()
    const model = trainHidden(labelled, options)
    for (let row = 0; row < 4; row++) {
      const [zero, one] = logits(model, labelled.rows, row)
      expect(one! > zero!).toBe(labelled.targets[row] === 1)
    }
  })

  it('is the same for the same seed, another for another', () => {
    const labelled = exclusiveOr()
    const weights = (seed: number) => trainHidden(labelled, { ...options, epochs: 2, seed }).hidden.weights
    expect(weights(1)).toEqual(weights(1))
    expect(weights(1)).not.toEqual(weights(2))
  })

  it('takes the step that finite differences of the loss of each group ask for, and of no other', () => {
    const random = createRandom(7)
    const noise = (count: number) => Float32Array.from({ length: count }, () => random.next() - 0.5)
    const [groups, groupUnits, classes, columns] = [2, 3, 4, 5]
    const units = groups * groupUnits
    const rows: SparseRows = {
      size: 1,
      columns,
      indices: Int32Array.of(0, 3, 4),
      values: Float32Array.of(0.7, -1.2, 0.4),
      offsets: Float64Array.of(0, 3),
    }
    const copyOf = ({ hidden, bias }: GroupedModel): GroupedModel => ({
      hidden: {
        units,
        weights: hidden.weights.slice(),
        bias: hidden.bias.slice(),
        output: hidden.output.slice(),
      },
      bias: bias.slice(),
    })
    const before: GroupedModel = {
      hidden: { units, weights: noise(columns * units), bias: noise(units), output: noise(units * classes) },
      bias: noise(groups * classes),
    }
    const lossOf = (model: GroupedModel, group: number) => {
      const z = logits(model, rows, 0, group, groups)
      return Math.log(z.reduce((sum, each) => sum + Math.exp(each), 0)) - z[2]!
    }
    const loss = (model: GroupedModel) => lossOf(model, 0) + lossOf(model, 1)
    const rate = 1e-3
    const labelled = { rows, targets: Int32Array.of(2), classes }
    const some = { ...options, epochs: 1, learningRate: rate, groups, groupUnits }
    const after = trainHidden(labelled, some, before)
    const parts = (model: GroupedModel) => [model.hidden.weights, model.hidden.output, model.bias]
    for (const [part, share] of [1, 1, 0.1].entries()) {
      for (let at = 0; at < parts(before)[part]!.length; at++) {
        const moved = (by: number) => {
          const model = copyOf(before)
          parts(model)[part]![at]! += by
          return loss(model)
        }
        const slope = (moved(1e-3) - moved(-1e-3)) / 2e-3
        const step = (parts(before)[part]![at]! - parts(after)[part]![at]!) / rate
        expect(Math.abs(step - share * slope)).toBeLessThan(2e-3)
      }
    }
  })
})
