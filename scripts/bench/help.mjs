/**
 * How quick the help centre answers, beside a bare Fastify route in the same run. Runs what `npm run build` made, on SQLite.
 *
 *   node scripts/bench/help.mjs [--articles 100000] [--pages 3000] [--seconds 4] [--connections 16]
 *
 * Fills a home with so many articles, then prints article pages a second that nobody asked for before (cold) and that are
 * kept (warm), the time of suggestions, of the home page and of a part of the site map. Exit code 1 when a target is
 * missed or an answer was not 200.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { load, startBare, startEntraide } from './http/servers.mjs'

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '100000' },
    pages: { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '16' },
  },
})
const [count, pages] = [Number(values.articles), Number(values.pages)]
const [seconds, connections] = [Number(values.seconds), Number(values.connections)]
/** Answers a second, and milliseconds at the 99th percentile. */
const TARGETS = { warm: 2000, cold: 500, suggestions: 60 }
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe ri so tu va'.split(' ')
const CHUNK = 500
let askAgent
const WORDS =
  'roaming invoice router contract number fibre voicemail eSIM password transfer refund outage television wifi plan abroad'.split(
    ' ',
  )

const home = mkdtempSync(join(tmpdir(), 'entraide-bench-'))
const env = { PATH: process.env.PATH, ENTRAIDE_HOME: home, PORT: '0', ENTRAIDE_RATE_LIMIT: '10000000' }
try {
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)}, ${count} articles`,
  )
  await fill()
  const bare = await startBare({ PATH: process.env.PATH })
  const server = await startEntraide(env, home)
  try {
    await measure(bare.port, server.port)
  } finally {
    await bare.stop()
    await server.stop()
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** Writes articles and their documents as publishing would, without its checks and revisions: nobody reads these. */
async function fill() {
  const { createApp } = await import('../../dist/app.js')
  const { readConfig } = await import('../../dist/platform/config/config.js')
  const app = await createApp(readConfig({ ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'error' }))
  const { db } = app.platform
  const now = new Date().toISOString()
  for (let from = 0; from < count; from += CHUNK) {
    const some = Array.from({ length: Math.min(CHUNK, count - from) }, (_, at) => articleAt(from + at, now))
    await db.transaction(async () => {
      await db.sql.batchInsert('articles', some, 40)
      await app.search.documents.put(
        some.map(({ id, language, audience, title, issue, resolution }) => ({
          ...{ id, kind: 'article', language, audience, title, issue, body: resolution, tags: [] },
          updatedAt: now,
        })),
      )
    })
  }
  await app.close()
}

/** One of 4,096 words: titles share few of theirs, as in a real help centre. */
function made(number) {
  return [1, 16, 256].map((step) => SYLLABLES[Math.floor(number / step) % SYLLABLES.length]).join('')
}

function articleAt(number, now) {
  const word = (step) => WORDS[Math.floor(number / step) % WORDS.length]
  const title = `${word(1)} ${made(number * 7)} ${made(number * 13)} ${number}`
  const step = `1. Open the ${word(3)} menu.\n2. Choose **${word(7)}** and wait for five minutes.\n3. Switch it off and on again.\n`
  return {
    id: `art_${number.toString(32).padStart(25, '0')}`,
    language: 'en',
    confidence: 'validated',
    audience: 'public',
    revision: 1,
    title,
    title_key: title,
    issue: `The ${word(5)} does not work since yesterday, and the ${word(11)} neither.`,
    environment: `- ${word(13)}`,
    resolution: `${step}\n${'A paragraph that explains why this helps, and what to do where it does not. '.repeat(6)}\n\n${step}`,
    cause: '',
    words: title,
    created_at: now,
    updated_at: now,
    published_at: now,
  }
}

async function measure(barePort, port) {
  const pathOf = (number) => {
    const { id, title } = articleAt(number, '')
    return `/help/en/articles/${title.toLowerCase().replaceAll(' ', '-')}--${id}`
  }
  const headers = { 'accept-encoding': 'gzip' }
  const first = await ask(port, pathOf(0))
  console.log(`  the first page took ${first.ms.toFixed(0)} ms, and weighs ${first.bytes} bytes with gzip`)
  await ask(port, '/help/en/suggestions?q=r')

  // Pages are forgotten each minute; these are few enough to be kept until they are asked for again.
  const paths = Array.from({ length: pages }, (_, at) => pathOf(1 + Math.floor((at * (count - 1)) / pages)))
  const cold = await askAll(port, paths)
  held('cold', cold.perSecond, TARGETS.cold)
  const kept = paths.slice(0, 500).map((path) => ({ method: 'GET', path, headers }))
  await askAll(port, paths.slice(0, 500))
  const warm = await load({ port, requests: kept, connections, seconds })
  if (Object.keys(warm.statuses).join() !== '200') fail(`warm: ${JSON.stringify(warm.statuses)}`)
  held('warm', warm.perSecond, TARGETS.warm)
  const bare = await load({
    port: barePort,
    requests: [{ method: 'POST', path: '/bare', body: { body: 'x' } }],
    connections,
    seconds,
  })
  console.log(
    `  bare route: ${bare.perSecond.toFixed(0)} a second; warm pages are ${(warm.perSecond / bare.perSecond).toFixed(2)} of it`,
  )

  const times = []
  for (let round = 0; round < 20; round++)
    for (const word of WORDS)
      for (let length = 1; length <= word.length; length++)
        if (times.length < 600)
          times.push((await ask(port, `/help/en/suggestions?q=${word.slice(0, length)}`)).ms)
  times.sort((a, b) => a - b)
  const p99 = times[Math.floor(times.length * 0.99)]
  console.log(
    `  suggestions: p50 ${times[Math.floor(times.length / 2)].toFixed(1)} ms, p99 ${p99.toFixed(1)} ms (target ${TARGETS.suggestions})`,
  )
  if (p99 > TARGETS.suggestions) fail('suggestions are late')
  const results = []
  for (let at = 0; at < 100; at++) {
    const asked = [1, 5, 11].map((step) => WORDS[Math.floor((at * 17) / step) % WORDS.length]).join('+')
    results.push((await ask(port, `/help/en/search?q=${asked}`)).ms)
  }
  results.sort((a, b) => a - b)
  console.log(`  results: p50 ${results[50].toFixed(1)} ms, p99 ${results[98].toFixed(1)} ms`)
  for (const path of ['/help/en', '/sitemap.xml', '/help/sitemap-1.xml'])
    console.log(`  ${path}: ${(await ask(port, path)).ms.toFixed(0)} ms`)
}

function held(name, perSecond, target) {
  console.log(`  ${name}: ${perSecond.toFixed(0)} article pages a second (target ${target})`)
  if (perSecond < target) fail(`${name} pages are slow`)
}

function fail(reason) {
  console.log(`  MISSED: ${reason}`)
  process.exitCode = 1
}

async function askAll(port, paths) {
  const began = performance.now()
  let next = 0
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < paths.length) await ask(port, paths[next++])
    }),
  )
  return { perSecond: (paths.length * 1000) / (performance.now() - began) }
}

function ask(port, path) {
  askAgent ??= new Agent({ keepAlive: true, maxSockets: connections })
  const began = performance.now()
  return new Promise((resolve, reject) => {
    get(
      { host: '127.0.0.1', port, path, agent: askAgent, headers: { 'accept-encoding': 'gzip' } },
      (answer) => {
        let bytes = 0
        answer.on('data', (chunk) => (bytes += chunk.length))
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve({ ms: performance.now() - began, bytes })
          else reject(new Error(`${path} answered ${answer.statusCode}`))
        })
      },
    ).on('error', reject)
  })
}
