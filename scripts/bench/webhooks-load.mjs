/**
 * Sends signed deliveries at a fixed rate, whether or not earlier ones were answered, and tells how they were.
 *
 *   node scripts/bench/webhooks-load.mjs <url> <secret> <rate> <seconds>
 */
import { createHmac } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { Pool } from 'undici'

const [url, secret, rate, seconds] = process.argv.slice(2)
const { origin, pathname } = new URL(url)
const total = Number(rate) * Number(seconds)
const pool = new Pool(origin, { connections: 64, pipelining: 1 })

const requests = Array.from({ length: total }, (_, i) => request(i))
const latencies = []
const statuses = {}
let late = 0
const begun = performance.now()
let next = 0
const answered = []

await new Promise((resolve) => {
  const timer = setInterval(() => {
    const due = Math.min(total, Math.floor(((performance.now() - begun) * Number(rate)) / 1000))
    while (next < due) answered.push(send(requests[next], begun + (next++ * 1000) / Number(rate)))
    if (next < total) return
    clearInterval(timer)
    resolve()
  }, 1)
})
const sentAfter = performance.now() - begun
await Promise.all(answered)
await pool.close()
latencies.sort((a, b) => a - b)
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))]
process.stdout.write(
  JSON.stringify({ total, statuses, late, sentAfter, p50: at(0.5), p99: at(0.99), worst: latencies.at(-1) }),
)

/** @param due when it ought to have been sent: a delivery that waits for a free connection is as late as a slow one */
async function send(each, due) {
  try {
    const { statusCode, body } = await pool.request(each)
    await body.dump()
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1
  } catch (error) {
    statuses[error.code] = (statuses[error.code] ?? 0) + 1
  }
  const took = performance.now() - due
  latencies.push(took)
  if (took > 10_000) late += 1
}

function request(i) {
  const post = {
    id: i + 1,
    topic_id: Math.floor(i / 5) + 1,
    post_number: (i % 5) + 1,
    post_type: 1,
    user_id: i % 500,
    username: `member${i % 500}`,
    cooked: `<p>The box restarts every ${i % 9} hours since the update.</p>`.repeat(40),
    topic_archetype: 'regular',
    created_at: '2026-01-10T12:00:00.000Z',
    updated_at: '2026-01-10T12:00:00.000Z',
    version: 1,
  }
  const body = JSON.stringify({ post })
  return {
    path: pathname,
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-discourse-event-id': String(i + 1),
      'x-discourse-event-type': 'post',
      'x-discourse-event': 'post_created',
      'x-discourse-event-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  }
}
