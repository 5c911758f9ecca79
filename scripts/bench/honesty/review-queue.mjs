import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createApp } from '../../../dist/app.js'
import { readConfig } from '../../../dist/platform/config/config.js'
import { fillApp } from './made-up-community.mjs'

export const name = 'review-queue'

const THREADS = 100_000
const BATCH = 50
const ROUNDS = 7
/** Facets of the made-up community: one with a model, one of which nothing is known yet. */
const CASES = [
  ['category', 'default'],
  ['untouched', 'default'],
  ['category', 'margin'],
  ['category', 'entropy'],
  ['category', 'least-confidence'],
  ['category', 'diversity'],
  ['category', 'random'],
]

/**
 * Asks for batches as the HTTP route does, each for another agent, of an app that holds that many threads; nothing of it
 * is in memory but what the process has kept from the batches before.
 *
 * @param databaseUrl PostgreSQL instead of SQLite
 */
export async function run({ log = () => {}, threads = THREADS, databaseUrl } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'entraide-bench-'))
  const app = await createApp(
    readConfig({
      ENTRAIDE_HOME: home,
      ENTRAIDE_LOG_LEVEL: 'error',
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    }),
  )
  try {
    log(`storing ${threads} threads`)
    await fillApp(app, { threads, labels: 77 })
    await app.labels.facets.ensure('untouched')
    const lines = [
      `${threads.toLocaleString('en')} threads of 40 words in four sources and two languages, 77 labels, 3 % labelled, 3 % in the audit slice; ${databaseUrl ? 'PostgreSQL' : 'SQLite'}; ${BATCH} a batch, ${ROUNDS} batches a row, each for another agent. The first batch of all also starts the threads that work for it.`,
      '',
      '| | first | median | slowest | processor time, median | others waited at most |',
      '|---|---|---|---|---|---|',
    ]
    for (const [facet, strategy] of CASES) {
      const rounds = []
      for (let round = 0; round < ROUNDS; round++)
        rounds.push(await ask(app.review, facet, strategy, `${facet}-${strategy}-${round}`))
      const of = (key) => rounds.map((each) => each[key]).sort((a, b) => a - b)
      const [wall, cpu, waited] = [of('wall'), of('cpu'), of('waited')]
      const what = facet === 'category' ? strategy : `${strategy}, before any label or model`
      const middle = Math.floor(ROUNDS / 2)
      const told = [rounds[0].wall, wall[middle], wall.at(-1), cpu[middle], waited.at(-1)]
      lines.push(`| ${what} | ${told.map((ms) => `${Math.round(ms)} ms`).join(' | ')} |`)
      log(lines.at(-1))
    }
    return lines
  } finally {
    await app.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function ask(review, facet, strategy, agent) {
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const before = process.cpuUsage()
  const started = performance.now()
  const { items } = await review.reviewQueue({
    facet,
    strategy,
    limit: BATCH,
    actor: { id: agent, audience: 'internal' },
  })
  const wall = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  await new Promise((resolve) => setTimeout(resolve, 20))
  delay.disable()
  if (items.length !== BATCH) throw new Error(`${strategy} answered ${items.length} of ${BATCH}`)
  return { wall, cpu: (user + system) / 1000, waited: delay.max / 1e6 }
}
