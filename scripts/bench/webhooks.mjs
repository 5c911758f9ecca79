/**
 * A burst of webhook deliveries against a server in a process of its own, sent by another. Runs what `npm run build`
 * made; SQLite, and PostgreSQL when `DATABASE_URL` names an empty database.
 *
 *   node scripts/bench/webhooks.mjs [--rate 1000] [--seconds 10] [--wait 300]
 *
 * Tells latencies from when each delivery was due, the server's event loop, and how long the work took afterwards.
 * Exit code 1 when an acknowledged delivery is not in the database.
 */
import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs, promisify } from 'node:util'

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '10' },
    wait: { type: 'string', default: '300' },
  },
})
const here = (path) => new URL(path, import.meta.url).pathname
const program = here('../../bin/entraide.js')
const { openDatabase } = await import('../../dist/platform/database/open.js')

await bench('SQLite', undefined)
if (process.env.DATABASE_URL === undefined) console.log('PostgreSQL  left out: DATABASE_URL names none')
else await bench('PostgreSQL', process.env.DATABASE_URL)

async function bench(name, databaseUrl) {
  const home = mkdtempSync(join(tmpdir(), 'entraide-bench-'))
  const env = { PATH: process.env.PATH, ENTRAIDE_HOME: home, ENTRAIDE_LOG_LEVEL: 'error', PORT: '0' }
  if (databaseUrl !== undefined) env.DATABASE_URL = databaseUrl
  const command = ['sources', 'webhook', `burst-${process.pid}`, '--kind', 'discourse', '--json']
  const issued = JSON.parse(execFileSync(process.execPath, [program, ...command], { env }))
  const server = spawn(process.execPath, [program, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const db = openDatabase({ home, databaseUrl })
  try {
    const url = await listening(server)
    const load = [
      here('webhooks-load.mjs'),
      `${url}${issued.path}`,
      issued.value,
      values.rate,
      values.seconds,
    ]
    const { stdout } = await promisify(execFile)(process.execPath, load)
    const sent = JSON.parse(stdout)
    const metrics = await (await fetch(`${url}/metrics`)).text()
    const stored = await count(db, {})
    const [acknowledged, lost] = [sent.statuses[202] ?? 0, (sent.statuses[202] ?? 0) - stored]
    console.log(
      `${name.padEnd(11)} ${sent.total} deliveries in ${(sent.sentAfter / 1000).toFixed(1)} s: ${JSON.stringify(sent.statuses)}; ` +
        `${acknowledged} acknowledged, ${stored} stored, ${Math.max(0, lost)} lost`,
    )
    console.log(
      `            p50 ${ms(sent.p50)}, p99 ${ms(sent.p99)}, worst ${ms(sent.worst)}; ` +
        `event loop p99 ${seconds(metrics, 'nodejs_eventloop_lag_p99_seconds')}, most ${seconds(metrics, 'nodejs_eventloop_lag_max_seconds')}; ` +
        `processor ${seconds(metrics, 'process_cpu_seconds_total')}`,
    )
    await drained(db)
    if (lost > 0) process.exitCode = 1
  } finally {
    server.kill('SIGTERM')
    await new Promise((resolve) => server.once('close', resolve))
    await db.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function drained(db) {
  const begun = Date.now()
  const waiting = await count(db, { status: 'waiting' })
  while ((await count(db, { status: 'waiting' })) > 0 && Date.now() - begun < Number(values.wait) * 1000)
    await sleep(200)
  const took = (Date.now() - begun) / 1000
  const states = await db.sql('received_deliveries').select('status').count('* as n').groupBy('status')
  const told = states.map(({ status, n }) => `${n} ${status}`).join(', ')
  console.log(
    `            ${waiting} were waiting when the burst ended; after ${took.toFixed(1)} s more: ${told}`,
  )
}

async function count(db, where) {
  return Number((await db.sql('received_deliveries').where(where).count('* as n').first()).n)
}

function listening(server) {
  return new Promise((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      const found = /is listening on (http:\/\/\S+)/.exec(output)
      if (found) resolve(found[1])
    })
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
  })
}

function ms(value) {
  return `${value.toFixed(0)} ms`
}

function seconds(metrics, name) {
  const value = Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1])
  return ms(value * 1000)
}
