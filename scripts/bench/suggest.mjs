/**
 * How fast suggestions are, in the process, at each key.
 *
 *   npm run bench:suggest -- [--data <folder with retrieval/>] [--documents 100000] [--keys 4000] [--keep <folder>]
 *
 * Documents are made of real questions (those of the demo, and of the retrieval sets under --data or ENTRAIDE_EVAL_DATA): a
 * chain of words that follow one another in them, and one word in eight made up, so that there are as many as in so many
 * real titles. The keys are the beginnings of titles, each letter one, some with a slip. Prints p50 and p99 beside the
 * budget, and the memory of the titles; exit code 1 when it is missed. A key is timed three times and the best counts, in
 * time of the processor, so that other processes do not. `--keep` keeps the index for the next run.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createSearchEngine } from '../../dist/search/engine/create-search-engine.js'
import { findSuggested, gatherSuggestions } from '../../dist/search/suggest.js'
import { completeWords } from '../../dist/search/suggesting/complete-words.js'
import { createTitleIndex } from '../../dist/search/suggesting/title-index.js'
import { readTyped } from '../../dist/search/suggesting/typed-text.js'
import { sameWords } from '../../dist/search/suggesting/written-words.js'
import { createTermAnalyser } from '../../dist/text/terms/terms.js'
import { mulberry32, spell, zipf } from './made-words.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: process.env.ENTRAIDE_EVAL_DATA ?? '' },
    documents: { type: 'string', default: '100000' },
    keys: { type: 'string', default: '4000' },
    keep: { type: 'string', default: '' },
  },
})
const BUDGET_MS = 5
const AUDIENCES = ['public', 'public', 'public', 'customer', 'partner', 'internal']
const ROUNDS = 3
const MADE_UP = 1 / 8

const random = mulberry32(11)
const count = Number(values.documents)
const questions = { fr: realQuestions('fr'), en: realQuestions('en') }
const chains = { fr: chainOf(questions.fr), en: chainOf(questions.en) }
console.log(
  `Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}; ${questions.fr.length} French and ${questions.en.length} English questions`,
)
const collection = Array.from({ length: count }, (_, n) => make(n))
const engine = makeEngine()
const titles = makeTitles()
const analyser = createTermAnalyser()
const popular = collection.slice(0, 500).map(({ id, title, language }) => {
  const text = title.toLowerCase()
  return { text, language, words: sameWords(text).split(' '), shown: [id] }
})
for (const audience of ['public', 'internal']) measure(audience)

function measure(audience) {
  const keys = keysOf()
  const reader = { audience, visibleSources: ['bench'], without: new Set() }
  const view = titles.view(reader)
  const find = ({ q, language }) => {
    const asked = { engine, view, typed: readTyped(q), reader, language }
    return { ...asked, ...findSuggested(asked) }
  }
  const suggest = (key) =>
    gatherSuggestions({ ...find(key), analyser, popular, limit: 16, documentOf: view.find })
  const kinds = {}
  for (const key of keys) for (const { kind } of suggest(key)) kinds[kind] = (kinds[kind] ?? 0) + 1
  const told = Object.entries(kinds).map(([kind, n]) => `${(n / keys.length).toFixed(1)} ${kind}s`)
  console.log(`${audience}: ${keys.length} keys, each ${told.join(', ')}`)
  const p99 = report('  suggestions', keys, suggest)
  report('  of them to find them', keys, find)
  report('  of that completions', keys, ({ q, language }) =>
    completeWords(view.words(language), readTyped(q), 3),
  )
  if (p99 > BUDGET_MS) {
    console.log(`  MISSED: p99 over ${BUDGET_MS} ms`)
    process.exitCode = 1
  }
}

function keysOf() {
  const keys = []
  while (keys.length < Number(values.keys)) {
    const { title, language } = collection[Math.floor(random() * count)]
    for (let length = 1; length <= Math.min(title.length, 40); length++) {
      const q = title.slice(0, length)
      // One in ten is mistyped: its last letter but one is left out.
      keys.push({ q: random() < 0.1 && length > 4 ? q.slice(0, -2) + q.slice(-1) : q, language })
    }
  }
  return keys
}

function makeEngine() {
  const made = createSearchEngine()
  const file = values.keep && join(values.keep, `suggest-${count}.bin`)
  if (file && existsSync(file)) {
    made.restore(readFileSync(file))
    return made
  }
  const began = performance.now()
  for (const document of collection) made.put(document)
  console.log(`index: ${count} documents in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  if (file) {
    mkdirSync(values.keep, { recursive: true })
    writeFileSync(file, made.snapshot())
  }
  return made
}

function makeTitles() {
  globalThis.gc?.()
  const before = process.memoryUsage()
  const began = performance.now()
  const made = createTitleIndex()
  for (const document of collection) made.put(document)
  const took = performance.now() - began
  globalThis.gc?.()
  const after = process.memoryUsage()
  const bytes = after.heapUsed + after.external - before.heapUsed - before.external
  const words = made.view({ audience: 'internal', visibleSources: [], without: new Set() }).words()
  console.log(
    `titles: ${((took / count) * 1000).toFixed(0)} µs each, ${words.reduce((sum, { vocabulary }) => sum + vocabulary.size, 0)} words, ${(bytes / 1e6).toFixed(0)} MB beside the titles themselves${globalThis.gc ? '' : ' (run with --expose-gc)'}`,
  )
  return made
}

function make(n) {
  const language = n % 2 === 0 ? 'fr' : 'en'
  const sentence = () => chains[language]()
  return {
    id: `d${n}`,
    kind: n % 5 === 0 ? 'article' : 'thread',
    language,
    audience: AUDIENCES[n % AUDIENCES.length],
    title: sentence(),
    body: Array.from({ length: 8 }, sentence).join(' '),
    tags: [],
    source: n % 5 === 0 ? undefined : 'bench',
  }
}

/** Real questions in a language. */
function realQuestions(language) {
  const demo = readFileSync(join(root, 'fixtures/demo', `community-${language}.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => JSON.parse(line).title ?? [])
  const folder = join(values.data, 'retrieval')
  if (values.data === '' || !existsSync(folder)) return demo
  const sets = readdirSync(folder).flatMap((set) =>
    readFileSync(join(folder, set, 'queries.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .filter((query) => query.language === language)
      .map(({ q }) => q),
  )
  return [...demo, ...sets]
}

/** A function that makes sentences of words that follow one another in real ones. */
function chainOf(sentences) {
  const after = new Map()
  for (const sentence of sentences) {
    const words = ['', ...sentence.split(/\s+/), '']
    for (let at = 0; at < words.length - 1; at++) {
      if (!after.has(words[at])) after.set(words[at], [])
      after.get(words[at]).push(words[at + 1])
    }
  }
  const rare = zipf(60_000, random)
  return () => {
    const made = []
    let word = ''
    while (made.length < 14) {
      const next = after.get(word)
      word = next[Math.floor(random() * next.length)]
      if (word === '') {
        if (made.length >= 3) break
        continue
      }
      made.push(word.length > 3 && random() < MADE_UP ? spell(rare()) : word)
    }
    return made.join(' ')
  }
}

/** Times each three times. @returns the 99th percentile of the best */
function report(label, items, work) {
  for (const item of items.slice(0, 300)) work(item)
  const times = items.map((item) => {
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round++) {
      const began = process.cpuUsage()
      work(item)
      const { user, system } = process.cpuUsage(began)
      best = Math.min(best, (user + system) / 1000)
    }
    return best
  })
  times.sort((a, b) => a - b)
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))]
  console.log(
    `${label}: p50 ${at(0.5).toFixed(2)} ms, p99 ${at(0.99).toFixed(2)} ms, longest ${at(1).toFixed(2)} ms`,
  )
  return at(0.99)
}
