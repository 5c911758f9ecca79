import { rankClassProbabilities } from '../../../dist/learning/queries/query-strategy.js'
import { readCandidates } from '../../../dist/learning/queries/read-candidates.js'
import { queryStrategyNames, requireQueryStrategy } from '../../../dist/learning/queries/strategies.js'
import { createRandom } from '../../../dist/learning/random.js'
import { makeUpPosts } from '../learning/made-up-posts.mjs'
import { table } from '../page.mjs'

const POSTS = 100_000
const LABELS = 77
const WORDS = 18
const BATCH = 50
const SHORTLIST = 1000
const RUNS = 5

export const name = 'queue-speed'

/** The next batch out of a pool in memory: what a strategy itself takes, without reading texts from a database. */
export async function run({ log }) {
  log(`making ${POSTS} posts up`)
  const { texts } = makeUpPosts(POSTS, LABELS, WORDS)
  const random = createRandom(1)
  const labels = Array.from({ length: LABELS }, (_, label) => ({ name: `label ${label}` }))
  const pool = {
    ids: texts.map((_, row) => `thread-${row}`),
    labelled: labels.map(() => random.below(40)),
    seed: 1,
    classProbabilities: rankClassProbabilities(someProbabilities(random), LABELS),
  }
  const { classProbabilities: _, ...cold } = pool
  const asked = [
    ...queryStrategyNames.map((strategy) => [strategy, pool]),
    ['default', cold, 'default, before any label'],
  ]
  const rows = asked.map(([strategy, of, title = strategy]) => {
    const times = Array.from({ length: RUNS }, () => timed(requireQueryStrategy(strategy), of, texts, labels))
    const slowest = times.reduce((worst, each) => (each.total > worst.total ? each : worst))
    log(`${title}: ${slowest.total.toFixed(0)} ms`)
    const busy = Math.max(...times.map((each) => each.busy))
    const steps = ['shortlist', 'read', 'choose', 'total'].map((step) => slowest[step].toFixed(0))
    return [title, ...steps, busy.toFixed(0)]
  })
  return [
    `The next ${BATCH} of ${POSTS.toLocaleString('en')} made-up posts of about ${WORDS} words, ${LABELS} labels, a shortlist of ${SHORTLIST}; milliseconds, the slowest of ${RUNS}.`,
    '',
    table(['strategy', 'shortlist', 'reading it', 'choosing', 'together', 'processor time'], rows),
  ]
}

function timed(strategy, pool, texts, labels) {
  const before = process.cpuUsage()
  const start = performance.now()
  const rows = strategy.shortlist(pool, SHORTLIST)
  const listed = performance.now()
  const candidates = readCandidates({ rows, texts: Array.from(rows, (row) => texts[row]), labels })
  const read = performance.now()
  const chosen = strategy.choose(pool, candidates, BATCH)
  const end = performance.now()
  if (chosen.length !== BATCH) throw new Error(`${chosen.length} were chosen, not ${BATCH}`)
  const { user, system } = process.cpuUsage(before)
  const busy = (user + system) / 1000
  return { busy, shortlist: listed - start, read: read - listed, choose: end - read, total: end - start }
}

/** One label ahead of the others by chance. */
function someProbabilities(random) {
  const all = new Float32Array(POSTS * LABELS)
  for (let row = 0; row < POSTS; row++) {
    const lead = random.next()
    all.fill((1 - lead) / LABELS, row * LABELS, (row + 1) * LABELS)
    all[row * LABELS + random.below(LABELS)] += lead
  }
  return all
}
