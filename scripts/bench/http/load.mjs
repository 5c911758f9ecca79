/**
 * Loads one address from a process of its own, over keep-alive connections with one request at a time each, and prints
 * one line of JSON: answers a second, their statuses, and latencies in milliseconds.
 *
 *   node scripts/bench/http/load.mjs '<json>'   {port, requests: [{method, path, headers, body}], connections, seconds, rate?}
 *
 * Without `rate` each connection asks again as soon as it is answered. With it requests are due at even distances, and
 * latencies count from when a request was due, so that a stall of the server counts for all that it held up.
 */
import { createConnection } from 'node:net'
import { performance } from 'node:perf_hooks'

const { port, requests, connections, seconds, rate } = JSON.parse(process.argv[2])
const packed = requests.map(({ method, path, headers = {}, body }) => {
  const text = body === undefined ? '' : JSON.stringify(body)
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: 127.0.0.1:${port}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(text)}`]),
  ]
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${text}`)
})

const latencies = []
const statuses = {}
const idle = []
const due = []
let asked = 0
let working = true
const begun = performance.now()

for (let at = 0; at < connections; at++) open()
const pace = rate === undefined ? undefined : setInterval(keepPace, 2)
setTimeout(finish, seconds * 1000)

function open() {
  const socket = createConnection({ port, host: '127.0.0.1', noDelay: true })
  const connection = { socket, since: 0, received: [], size: 0, wanted: undefined }
  socket.on('connect', () => release(connection))
  socket.on('data', (chunk) => take(connection, chunk))
  socket.on('error', (error) => {
    if (!working) return
    statuses[error.code] = (statuses[error.code] ?? 0) + 1
    open()
  })
}

function release(connection) {
  if (!working) return
  if (rate === undefined) ask(connection, performance.now())
  else if (due.length > 0) ask(connection, due.shift())
  else idle.push(connection)
}

function keepPace() {
  const now = performance.now()
  for (let next = begun + ((asked + due.length) / rate) * 1000; next <= now; ) {
    if (idle.length > 0) ask(idle.pop(), next)
    else due.push(next)
    next = begun + ((asked + due.length) / rate) * 1000
  }
}

function ask(connection, since) {
  connection.since = since
  connection.socket.write(packed[asked++ % packed.length])
}

function take(connection, chunk) {
  connection.received.push(chunk)
  connection.size += chunk.length
  if (connection.wanted === undefined) {
    const whole = connection.received.length === 1 ? chunk : Buffer.concat(connection.received)
    const end = whole.indexOf('\r\n\r\n')
    if (end === -1) return
    const head = whole.latin1Slice(0, end)
    connection.status = head.slice(9, 12)
    connection.wanted = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  }
  if (connection.size < connection.wanted) return
  latencies.push(performance.now() - connection.since)
  statuses[connection.status] = (statuses[connection.status] ?? 0) + 1
  connection.received = []
  connection.size = 0
  connection.wanted = undefined
  release(connection)
}

function finish() {
  working = false
  clearInterval(pace)
  const took = (performance.now() - begun) / 1000
  const sorted = Float64Array.from(latencies).sort()
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  const figures = { answers: sorted.length, perSecond: sorted.length / took, statuses }
  process.stdout.write(`${JSON.stringify({ ...figures, p50: at(0.5), p99: at(0.99), worst: at(1) })}\n`, () =>
    process.exit(),
  )
}
