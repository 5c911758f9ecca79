// What 50 new labels cost: a fit of everything, and one that starts from the model trained before they came.
import { readFileSync } from 'node:fs'
import { createRandom, shuffle } from '../../../dist/learning/random.js'
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'

const NEW_LABELS = 50
const { train, test } = JSON.parse(readFileSync(process.argv[2], 'utf8')).folds[0]
const runs = Number(process.argv[3])

const order = [...shuffle(Int32Array.from(train.keys()), createRandom(7))]
const rows = order.map((row) => train[row])
const before = trainClassifier(inputOf(rows.slice(NEW_LABELS)))

let [full, again] = [{ seconds: Infinity }, { seconds: Infinity }]
let takesParent = false
for (let run = 0; run < runs; run++) {
  full = faster(full, () => trainClassifier(inputOf(rows)))
  again = faster(again, () =>
    trainClassifier({
      ...inputOf(rows),
      // Read only by a training that knows of parents.
      get parent() {
        takesParent = true
        return before
      },
    }),
  )
  if (!takesParent) break
}
process.stdout.write(
  JSON.stringify({
    takesParent,
    full: { seconds: full.seconds, accuracy: accuracy(full.classifier) },
    again: { seconds: again.seconds, accuracy: accuracy(again.classifier) },
  }),
)

function inputOf(examples) {
  return { texts: examples.map(({ text }) => text), labels: examples.map(({ label }) => label), seed: 1 }
}

function faster(best, train) {
  const start = performance.now()
  const classifier = train()
  const seconds = (performance.now() - start) / 1000
  return seconds < best.seconds ? { seconds, classifier } : best
}

function accuracy(classifier) {
  const verdicts = classifier.classifyAll(test.map(({ text }) => text))
  return verdicts.filter(({ label }, row) => label === test[row].label).length / test.length
}
