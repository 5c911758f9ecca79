/**
 * How well and how fast the search engine answers.
 *
 *   node scripts/bench/search.mjs [--data <folder with retrieval/>] [--documents 100000] [--queries 2000]
 *
 * Relevance: mean reciprocal rank of the first relevant document among all that match, on retrieval sets laid out as
 * `docs.ndjson` and `queries.ndjson` (skipped without --data or ENTRAIDE_EVAL_DATA). Speed: a synthetic collection
 * whose words follow Zipf's law, the same at every run; its queries are words of the same law, so most hold common
 * ones. A query is timed three times and the best counts, so that other processes do not.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { mulberry32, spell, zipf } from './made-words.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env.ENTRAIDE_EVAL_DATA ?? '' },
    documents: { type: 'string', default: '100000' },
    queries: { type: 'string', default: '2000' },
    sets: { type: 'string', default: 'stackfaq-en,piaf-fr' },
  },
})

const EVERYTHING = {
  audience: 'public',
  visibleSources: ['bench'],
  without: new Set(),
  limit: 10,
  offset: 0,
}
const { createSearchEngine, rankDocuments, readQuery, countFacets } = await loadEngine()
console.log(`Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`)
if (values.data) for (const set of values.sets.split(',')) measureRelevance(set)
else console.log('relevance: skipped, no --data and no ENTRAIDE_EVAL_DATA')
if (Number(values.documents) > 0) measureSpeed(Number(values.documents), Number(values.queries))

/** The engine as built now, apart from `dist` so that a running service keeps its files. */
async function loadEngine() {
  const out = join(root, 'node_modules/.cache/entraide-bench')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const flags = ['--noCheck', '--incremental', 'false', '--tsBuildInfoFile', 'null', '--outDir', out]
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), ...flags], {
    stdio: 'inherit',
  })
  const load = (file) => import(pathToFileURL(join(out, 'search', file)).href)
  const files = [
    'engine/create-search-engine.js',
    'engine/operators/read-query.js',
    'rank-documents.js',
    'count-facets.js',
  ]
  return Object.assign({}, ...(await Promise.all(files.map(load))))
}

function measureRelevance(set) {
  const folder = [join(values.data, 'retrieval', set), join(values.data, set)].find((path) =>
    existsSync(path),
  )
  if (!folder) return console.log(`${set}: skipped, not under ${values.data}`)
  const documents = readLines(join(folder, 'docs.ndjson'))
  const queries = readLines(join(folder, 'queries.ndjson')).slice(0, 1500)
  for (const [label, documentLanguage, queryLanguage] of [
    ['language known', (d) => d.language, (q) => q.language],
    ['query language unknown', (d) => d.language, () => undefined],
    ['neither known', () => 'und', () => undefined],
  ]) {
    const engine = createSearchEngine()
    for (const document of documents) engine.put(searchDocument(document, documentLanguage(document)))
    let sum = 0
    let top3 = 0
    for (const query of queries) {
      const { hits } = rank(engine, query.q, { language: queryLanguage(query), limit: documents.length })
      const place = hits.findIndex(({ id }) => query.relevant.includes(id))
      if (place >= 0) sum += 1 / (place + 1)
      if (place >= 0 && place < 3) top3++
    }
    const mrr = (sum / queries.length).toFixed(4)
    console.log(
      `${set}: MRR ${mrr}, in the first three ${((100 * top3) / queries.length).toFixed(1)} % (${label})`,
    )
  }
}

/** Both stages, as the service asks for them. */
function rank(engine, text, options = {}) {
  return rankDocuments(engine, { text, ...EVERYTHING, ...options })
}

/** The same for a search that is written with operators. */
function rankWritten(engine, q) {
  return rankDocuments(engine, { ...readQuery(q), ...EVERYTHING })
}

function readLines(path) {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

function searchDocument({ id, title, body }, language) {
  return { id, kind: 'article', language, audience: 'public', title, body, tags: [] }
}

function measureSpeed(documents, queries) {
  const random = mulberry32(7)
  const draw = zipf(60_000, random)
  const words = Array.from({ length: 60_000 }, (_, rank) => spell(rank))
  const text = (length) => Array.from({ length }, () => words[draw()]).join(' ')
  const audiences = ['public', 'public', 'public', 'customer', 'partner', 'internal']
  const make = (n) => ({
    id: `d${n}`,
    kind: n % 5 === 0 ? 'article' : 'thread',
    language: n % 2 === 0 ? 'fr' : 'en',
    audience: audiences[n % audiences.length],
    title: text(6),
    body: text(60 + Math.floor(random() * 80)),
    tags: [words[n % 50]],
    category: `c${n % 12}`,
    source: 'bench',
  })
  const collection = Array.from({ length: documents }, (_, n) => make(n))

  globalThis.gc?.()
  const before = memory()
  const engine = createSearchEngine()
  const puts = timesOf(collection, (document) => engine.put(document))
  const seconds = sumOf(puts) / 1000
  console.log(
    `index: ${documents} documents in ${seconds.toFixed(1)} s, ${Math.round(documents / seconds)} documents/s`,
  )
  globalThis.gc?.()
  console.log(
    `memory: ${Math.round((memory() - before) / 1e6)} MB${globalThis.gc ? '' : ' (run with --expose-gc)'}`,
  )

  const asked = Array.from({ length: queries }, () => text(3 + Math.floor(random() * 5)))
  const run = (options) => (q) => engine.query({ text: q, audience: 'public', language: 'fr', ...options })
  const measure = (label, options, list = asked) => {
    for (const q of list.slice(0, 200)) run(options)(q)
    const matching = sumOf(list.map((q) => run(options)(q).total)) / list.length
    const rounds = [1, 2, 3].map(() => timesOf(list, run(options)))
    const best = list.map((_, n) => Math.min(...rounds.map((times) => times[n])))
    report(`${label} (${Math.round(matching)} documents match)`, best)
  }
  measure('query, 3–7 words', {})
  measureRanking('both stages, 3–7 words', asked)
  measureRanking(
    'both stages, a misspelt word in each',
    asked.map((q) => q.replace(/(\w\w)(\w)(\w)/, '$1$3$2')),
  )
  measureRanking('both stages, 400 words', [asked.slice(0, 80).join(' ')])
  const wordsOf = (n) => collection[(n * 37) % documents].body.split(' ')
  const asWritten = (write) => Array.from({ length: 500 }, (_, n) => write(wordsOf(n), asked[n % queries]))
  for (const [label, list] of [
    ['two words quoted', asWritten(([one, other], q) => `"${one} ${other}" ${q}`)],
    ['five words quoted', asWritten((body) => `"${body.slice(0, 5).join(' ')}"`)],
    ['a word excluded', asWritten(([one], q) => `${q} -${one}`)],
    ['a word in the title', asWritten(([one], q) => `title:${one} ${q}`)],
  ])
    measureRanking(`both stages, ${label}`, list, (q) => rankWritten(engine, q))
  measureRanking('both stages, with facets', asked.slice(0, 500), (q) =>
    countFacets(engine, { text: q, ...EVERYTHING }, rank(engine, q)),
  )
  measure('query, internal reader', { audience: 'internal' })
  measure('query, language unknown', { language: undefined })
  measure('query, filtered', { filter: { kinds: ['article'], languages: ['fr'] } })
  function measureRanking(label, list, work = (q) => rank(engine, q)) {
    for (const q of list.slice(0, 200)) work(q)
    const rounds = [1, 2, 3].map(() => timesOf(list, work))
    report(
      label,
      list.map((_, n) => Math.min(...rounds.map((times) => times[n]))),
    )
  }
  const typed = asked.map((q) => q.slice(0, Math.max(3, q.length - 3)))
  measure('as you type', { prefix: true }, typed)

  const changed = collection.slice(0, 5000)
  report(
    'put (replacing)',
    timesOf(changed, (document) => engine.put(document)),
  )
  measure('query, after 5,000 changes', {})
  report(
    'remove',
    timesOf(collection.slice(5000, 6000), ({ id }) => engine.remove(id)),
  )
  const [written] = timed(() => engine.snapshot())
  const bytes = engine.snapshot()
  const [read] = timed(() => createSearchEngine().restore(bytes))
  console.log(
    `snapshot: ${(bytes.length / 1e6).toFixed(0)} MB, written in ${written.toFixed(0)} ms, read in ${read.toFixed(0)} ms`,
  )
  measure('query, after a snapshot', {})
}

function timed(work) {
  const start = performance.now()
  const result = work()
  return [performance.now() - start, result]
}

function timesOf(items, work) {
  return items.map((item) => timed(() => work(item))[0])
}

function report(label, times) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2)
  console.log(`${label}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`)
}

function sumOf(numbers) {
  return numbers.reduce((a, b) => a + b, 0)
}

function memory() {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
