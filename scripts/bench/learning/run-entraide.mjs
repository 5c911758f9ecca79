// Entraide's classifier as the product trains it: calibration and threshold are part of its fit.
import { saveClassifier } from '../../../dist/learning/artefact/artefact.js'
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'
import { answer } from './answer.mjs'

await answer((rows, { positive }) => {
  const classifier = trainClassifier({
    texts: rows.map(({ text }) => text),
    labels: rows.map(({ label }) => label),
    seed: 1,
  })
  return {
    classifyAll: (test) =>
      classifier.classifyAll(test.map(({ text }) => text)).map(({ label, alternatives }) => ({
        label,
        ...(positive && { score: alternatives.find((one) => one.label === positive).confidence }),
      })),
    async bytes() {
      const files = await saveClassifier(classifier)
      return Object.values(files).reduce((sum, bytes) => sum + bytes.length, 0)
    },
  }
})
