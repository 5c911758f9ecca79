/**
 * How quick the server answers, beside a bare Fastify route in the same run. Runs what `npm run build` made; SQLite,
 * and PostgreSQL too when `DATABASE_URL` names an empty database.
 *
 *   node scripts/bench/http.mjs [--rounds 5] [--seconds 4] [--connections 16] [--rate 100] [--posts 50000] [--profile <folder>]
 *
 * Prints answers a second as shares of the bare route's, processor time and statements of the database a request, and
 * the latency of classification at a steady rate: idle, during an import of `--posts` posts (and the work that follows
 * from it), and during training; `--posts 0` leaves these out. Rounds alternate between the routes, and medians are told, so that other work on the
 * machine strikes all alike. Exit code 1 when a target is missed or a request was not answered with 200.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { load, prepareCommunity, readQuestions, startBare, startEntraide } from './http/servers.mjs'
import { importDump, settled, trainFacets } from './http/work.mjs'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '16' },
    rate: { type: 'string', default: '100' },
    posts: { type: 'string', default: '50000' },
    profile: { type: 'string' },
  },
})
/** Shares of the bare route on SQLite, and how much longer the slowest in a hundred may take while other work runs. */
const TARGETS = { classify: 0.4, search: 0.25, slowdown: 2 }

console.log(
  `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}, ` +
    `${values.connections} connections`,
)
await bench('SQLite', undefined)
if (process.env.DATABASE_URL === undefined) console.log('PostgreSQL: left out, DATABASE_URL names none')
else await bench('PostgreSQL', process.env.DATABASE_URL)

async function bench(name, databaseUrl) {
  const home = mkdtempSync(join(tmpdir(), 'entraide-bench-'))
  const env = { PATH: process.env.PATH, ENTRAIDE_HOME: home, PORT: '0', ENTRAIDE_RATE_LIMIT: '10000000' }
  if (databaseUrl !== undefined) env.DATABASE_URL = databaseUrl
  try {
    const { token } = await prepareCommunity(env)
    const bare = await startBare({ PATH: process.env.PATH })
    const server = await startEntraide(env, home, values.profile)
    try {
      // What preparing has left to do (a learning curve takes minutes) would be measured with the routes.
      await settled(server.port)
      console.log(name)
      const routes = routesOf(bare.port, server.port, token)
      await compare(routes, server.port, databaseUrl === undefined)
      if (Number(values.posts) > 0)
        await disturb(routes.classify, { home, token, port: server.port }, databaseUrl === undefined)
    } finally {
      await bare.stop()
      await server.stop()
    }
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

function routesOf(barePort, port, token) {
  const questions = readQuestions()
  const headers = { authorization: `Bearer ${token}` }
  const posts = questions.map(({ title, body }) => ({ title, body }))
  const post = (path) => posts.map((body) => ({ method: 'POST', path, headers, body }))
  return {
    bare: { port: barePort, requests: post('/bare') },
    classify: { port, requests: post('/api/classify') },
    search: {
      port,
      requests: questions.map(({ title }) => ({
        method: 'GET',
        path: `/api/search?q=${encodeURIComponent(title)}`,
        headers,
      })),
    },
  }
}

async function compare(routes, port, held) {
  const seconds = Number(values.seconds)
  const connections = Number(values.connections)
  const rounds = { bare: [], classify: [], search: [] }
  for (const route of Object.values(routes)) await load({ ...route, connections, seconds: 2 })
  for (let round = 0; round < Number(values.rounds); round++)
    for (const [name, route] of Object.entries(routes)) {
      const before = await figures(port)
      const told = await load({ ...route, connections, seconds })
      const after = await figures(port)
      onlyOk(name, told)
      rounds[name].push({
        ...told,
        cpu: ((after.cpu - before.cpu) * 1000) / told.answers,
        statements: (after.statements - before.statements) / told.answers,
      })
    }
  const bare = median(rounds.bare, 'perSecond')
  console.log(`  bare route  ${bare.toFixed(0)} answers a second, ${latencies(rounds.bare)}`)
  for (const name of ['classify', 'search']) {
    // Shares of the same round, whose other load was the same.
    const shares = rounds[name].map(({ perSecond }, at) => ({
      share: perSecond / rounds.bare[at].perSecond,
    }))
    const share = median(shares, 'share')
    console.log(
      `  ${name.padEnd(11)} ${median(rounds[name], 'perSecond').toFixed(0)} answers a second, ` +
        `${share.toFixed(2)} × the bare route (target ${TARGETS[name]}), ${latencies(rounds[name])}; ` +
        `${median(rounds[name], 'cpu').toFixed(2)} ms of processor and ` +
        `${median(rounds[name], 'statements').toFixed(2)} statements a request`,
    )
    if (held && share < TARGETS[name]) process.exitCode = 1
  }
}

async function disturb(classify, setting, held) {
  const steady = (seconds) => load({ ...classify, connections: 32, seconds, rate: Number(values.rate) })
  const idle = await steady(15)
  const during = {
    'an import': await alongside(steady, () => importDump({ ...setting, posts: Number(values.posts) })),
    training: await alongside(steady, () => trainFacets(setting)),
  }
  console.log(
    `  classify at ${values.rate} a second: p50 ${ms(idle.p50)}, p99 ${ms(idle.p99)} while nothing else runs`,
  )
  for (const [name, told] of Object.entries(during)) {
    onlyOk(`classify during ${name}`, told)
    const slowdown = told.p99 / idle.p99
    console.log(
      `  during ${name} (${told.took.toFixed(0)} s): p50 ${ms(told.p50)}, p99 ${ms(told.p99)}, ` +
        `${slowdown.toFixed(1)} × as long (target ${TARGETS.slowdown}), worst ${ms(told.worst)}`,
    )
    if (held && slowdown > TARGETS.slowdown) process.exitCode = 1
  }
}

/** Loads for as long as the work takes: in slices, of which those that the work filled count. */
async function alongside(steady, work) {
  const begun = Date.now()
  let working = true
  const done = work().finally(() => {
    working = false
  })
  done.catch(() => undefined) // Thrown below, once the load that runs beside it has ended.
  const slices = []
  while (working) {
    const slice = await steady(5)
    if (working || slices.length === 0) slices.push(slice)
  }
  await done
  const statuses = {}
  for (const slice of slices)
    for (const [status, n] of Object.entries(slice.statuses)) statuses[status] = (statuses[status] ?? 0) + n
  return {
    statuses,
    p50: median(slices, 'p50'),
    // The mean over slices, not their median: a stretch of slow answers must show.
    p99: slices.reduce((sum, { p99 }) => sum + p99, 0) / slices.length,
    worst: Math.max(...slices.map(({ worst }) => worst)),
    took: (Date.now() - begun) / 1000,
  }
}

async function figures(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const value = (name) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 0)
  return {
    cpu: value('process_cpu_seconds_total'),
    statements: value('entraide_database_statements'),
  }
}

function onlyOk(name, { statuses }) {
  const others = Object.keys(statuses).filter((status) => status !== '200')
  if (others.length === 0) return
  console.log(`  ${name}: not all were answered with 200: ${JSON.stringify(statuses)}`)
  process.exitCode = 1
}

function median(rounds, key) {
  const sorted = rounds.map((round) => round[key]).sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function latencies(rounds) {
  return `p50 ${ms(median(rounds, 'p50'))}, p99 ${ms(median(rounds, 'p99'))}`
}

function ms(value) {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`
}
