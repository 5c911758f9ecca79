/**
 * Learns the default weights of the second stage (src/search/engine/second-stage/weights.ts).
 *
 *   npm run build && node scripts/learn-ranking.mjs [--data <folder with retrieval/ and classification/>]
 *
 * A listwise softmax (Cao et al. 2007) over the fifty candidates of each query, by gradient descent on all collections
 * together: those whose queries people asked of documents that people wrote count fully, those made of labelled
 * questions (one is the title of a document, the next its text, the others ask for it) a tenth. Prints what each
 * collection's mean reciprocal rank is with the weights learned without the fold that holds the documents asked for.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'csv-parse/sync'
import { createSearchEngine } from '../dist/search/engine/create-search-engine.js'
import { compareLetters } from '../dist/search/engine/second-stage/compare-letters.js'

const FOLDS = 5
const CANDIDATES = 50
const STEPS = 200
const NAMES = ['score', 'four', 'six', 'title', 'titleShare']

const { values } = parseArgs({
  options: { data: { type: 'string', default: process.env.ENTRAIDE_EVAL_DATA ?? '' } },
})
const collections = [
  retrieval('stackfaq-en'),
  retrieval('piaf-fr'),
  labelled('code-du-travail-fr', 'fr'),
  labelled('banking77', 'en'),
].filter((collection) => collection !== undefined)
if (collections.length === 0) {
  console.error('learn-ranking: skipped, no collections under --data or ENTRAIDE_EVAL_DATA')
  process.exit(0)
}
const lists = collections.flatMap(listsOf)
for (const { name } of collections) {
  const own = lists.filter((list) => list.name === name)
  console.log(`${name}: ${own.length} queries, MRR ${reciprocalRank(own, [1, 0, 0, 0, 0])} by BM25F alone`)
}
const ranked = Array.from({ length: FOLDS }, (_, fold) => {
  const weights = learn(lists.filter((list) => list.fold !== fold))
  return lists.filter((list) => list.fold === fold).map((list) => ({ ...list, weights }))
}).flat()
for (const { name } of collections)
  console.log(`${name}: MRR ${reciprocalRank(ranked.filter((list) => list.name === name))} cross-validated`)
for (const { name } of collections) {
  const weights = learn(lists.filter((list) => list.name !== name))
  const own = lists.filter((list) => list.name === name)
  console.log(`${name}: MRR ${reciprocalRank(own, weights)} with the weights of the other collections`)
}
const weights = learn(lists)
console.log(Object.fromEntries(NAMES.map((name, at) => [name, Number(weights[at].toFixed(2))])))

function retrieval(name) {
  const folder = join(values.data, 'retrieval', name)
  if (!existsSync(folder)) return undefined
  const read = (file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
  return { name, share: 1, documents: read('docs.ndjson'), queries: read('queries.ndjson') }
}

function labelled(name, language) {
  const file = join(values.data, 'classification', name, 'train.csv')
  if (!existsSync(file)) return undefined
  const byLabel = new Map()
  for (const { text, label } of parse(readFileSync(file), { columns: true }))
    byLabel.set(label, [...(byLabel.get(label) ?? []), text])
  const documents = []
  const queries = []
  for (const [id, [title, body, ...others]] of byLabel) {
    if (others.length === 0) continue
    documents.push({ id, title, body, language })
    for (const q of others.slice(0, 12)) queries.push({ q, language, relevant: [id] })
  }
  return { name, share: 0.1, documents, queries }
}

/** For each query: the signals of each candidate and whether it answers. */
function listsOf({ name, share, documents, queries }) {
  const engine = createSearchEngine()
  for (const document of documents) engine.put({ kind: 'article', audience: 'public', tags: [], ...document })
  const foldOf = new Map(documents.map(({ id }, at) => [id, (at * 7) % FOLDS]))
  return queries.map(({ q, language, relevant }) => {
    const filter = { languages: [language] }
    const query = { text: q, audience: 'public', language, correct: true, filter, limit: CANDIDATES }
    const { hits } = engine.query(query)
    const likeness = compareLetters(
      q,
      hits.map(({ id }) => engine.letters(id)),
    )
    return {
      name,
      weight: share / queries.length,
      fold: foldOf.get(relevant[0]) ?? 0,
      candidates: hits.map(({ score }, at) => {
        const { four, six, title, titleShare } = likeness[at]
        return [Math.log(score), four, six, title, titleShare]
      }),
      answers: hits.map(({ id }) => relevant.includes(id)),
    }
  })
}

/** Weights that make the answers likeliest among their candidates (Adam, with a little decay). */
function learn(given) {
  const learnable = given.filter(({ answers }) => answers.includes(true))
  const weights = [1, 1, 1, 1, 1]
  const first = weights.map(() => 0)
  const second = weights.map(() => 0)
  for (let step = 1; step <= STEPS; step++) {
    const gradient = weights.map((weight) => 2e-4 * weight)
    for (const list of learnable) addGradient(gradient, list, weights)
    for (const at of weights.keys()) {
      first[at] = 0.9 * first[at] + 0.1 * gradient[at]
      second[at] = 0.999 * second[at] + 0.001 * gradient[at] ** 2
      const rate = 0.1 / Math.sqrt(second[at] / (1 - 0.999 ** step) + 1e-12)
      weights[at] -= (rate * first[at]) / (1 - 0.9 ** step)
    }
  }
  return weights
}

function addGradient(gradient, { candidates, answers, weight }, weights) {
  const exponents = candidates.map((signals) => dot(signals, weights))
  const most = Math.max(...exponents)
  const chances = exponents.map((exponent) => Math.exp(exponent - most))
  const all = chances.reduce((a, b) => a + b, 0)
  const right = chances.reduce((sum, chance, at) => (answers[at] ? sum + chance : sum), 0)
  for (const [at, signals] of candidates.entries()) {
    const pull = chances[at] / all - (answers[at] ? chances[at] / right : 0)
    for (const name of gradient.keys()) gradient[name] += weight * pull * signals[name]
  }
}

function dot(a, b) {
  let sum = 0
  for (const at of a.keys()) sum += a[at] * b[at]
  return sum
}

function reciprocalRank(given, sharedWeights) {
  let sum = 0
  for (const { candidates, answers, weights: own } of given) {
    const scores = candidates.map((signals) => dot(signals, sharedWeights ?? own))
    const best = Math.max(...scores.filter((_, at) => answers[at]))
    if (best > Number.NEGATIVE_INFINITY)
      sum += 1 / (1 + scores.filter((score, at) => score > best && !answers[at]).length)
  }
  return (sum / given.length).toFixed(4)
}
