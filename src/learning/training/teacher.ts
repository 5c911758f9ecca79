import { selectVectors, type WordVectors } from '../features/word-vectors.ts'
import { trainSoftmax } from '../network/softmax.ts'
import { softmaxInPlace } from './predict.ts'

/** Class probabilities of rows of the corpus: row-major, one for each class. */
export type Teacher = (rows: Int32Array) => Float64Array

/** Found by cross-validation on the training splits of banking77 and code-du-travail-fr at four to ten examples a label. */
const DESCENT = { epochs: 40, learningRate: 0.5, dropout: 0.2 }
/** Keeps the logarithm of a probability of zero finite. */
const LEAST = 1e-9

/** Fits a linear model on the word vectors of labelled rows: it errs elsewhere than a network on n-grams does. */
export function fitTeacher(vectors: WordVectors, { rows, targets, classes, seed }: TeacherInput): Teacher {
  const { weights, bias } = trainSoftmax(
    { rows: selectVectors(vectors, rows), targets, classes },
    { ...DESCENT, seed },
  )
  const { dimensions } = vectors
  return (asked) => {
    const { values } = selectVectors(vectors, asked)
    const out = new Float64Array(asked.length * classes)
    for (let row = 0; row < asked.length; row++) {
      const logits = out.subarray(row * classes, (row + 1) * classes)
      logits.set(bias)
      for (let d = 0; d < dimensions; d++) {
        const value = values[row * dimensions + d]!
        for (let c = 0; c < classes; c++) logits[c] = logits[c]! + value * weights[d * classes + c]!
      }
      softmaxInPlace(out, row * classes, (row + 1) * classes, 1)
    }
    return out
  }
}

interface TeacherInput {
  readonly rows: Int32Array
  readonly targets: Int32Array
  readonly classes: number
  readonly seed: number
}

/** The geometric mean of two distributions a row, which is high only where both are. */
export function mixProbabilities(a: Float64Array, b: Float64Array, classes: number): Float64Array {
  const out = a.map((value, at) => Math.sqrt((value + LEAST) * (b[at]! + LEAST)))
  for (let from = 0; from < out.length; from += classes) {
    let sum = 0
    for (let at = from; at < from + classes; at++) sum += out[at]!
    for (let at = from; at < from + classes; at++) out[at] = out[at]! / sum
  }
  return out
}
