// How long one verdict takes, text by text: a short question, and four facets of a long post.
import { readFileSync } from 'node:fs'
import { trainClassifier } from '../../../dist/learning/training/train-classifier.js'
import { makeUpPosts } from './made-up-posts.mjs'

const WARM_UP = 500
const FACETS = { category: 77, urgency: 3, sensitivity: 2, value: 4 }
/** Enough to fill the vocabulary; how long they are learned from is not what is measured. */
const POSTS = 800
const CHARACTERS = 2000

const { train, test } = JSON.parse(readFileSync(process.argv[2], 'utf8')).folds[0]
const short = trainClassifier({
  texts: train.map(({ text }) => text),
  labels: train.map(({ label }) => label),
  seed: 1,
})
const posts = makeUpPosts(POSTS, 77, 400).texts.map((text) => text.slice(0, CHARACTERS))
const facets = Object.values(FACETS).map((labels) =>
  trainClassifier({ texts: posts, labels: posts.map((_, row) => `label ${(row % 77) % labels}`), seed: 1 }),
)
const fresh = makeUpPosts(2000, 77, 400, 2).texts.map((text) => text.slice(0, CHARACTERS))

process.stdout.write(
  JSON.stringify({
    short: timesOf(
      test.map(({ text }) => text),
      (text) => short.classify(text),
    ),
    facets: timesOf(fresh, (text) => {
      for (const facet of facets) facet.classify(text)
    }),
  }),
)

function timesOf(texts, classify) {
  for (let i = 0; i < WARM_UP; i++) classify(texts[i % texts.length])
  const times = Float64Array.from(texts, (text) => {
    const start = performance.now()
    classify(text)
    return performance.now() - start
  }).sort()
  return { p50: times[Math.floor(times.length * 0.5)], p99: times[Math.floor(times.length * 0.99)] }
}
