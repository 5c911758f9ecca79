import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** A webhook as it arrived. */
export interface Received {
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

type Answer = (response: ServerResponse, received: Received) => unknown

/** Somebody's server: keeps what it gets, and answers as it is set up to (204 by default). */
export async function openReceiver() {
  const received: Received[] = []
  let answer: Answer = (response) => response.writeHead(204).end()
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      const each = { path: request.url ?? '', headers: plain(request.headers), body }
      received.push(each)
      answer(response, each)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    received,
    host: '127.0.0.1',
    url: (path = '/') => `http://127.0.0.1:${port}${path}`,
    answerWith(next: Answer | number) {
      answer = typeof next === 'number' ? (response) => response.writeHead(next).end() : next
    },
    ids: () => received.map(({ headers }) => headers['webhook-id']),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type Receiver = Awaited<ReturnType<typeof openReceiver>>

/** What a consumer does; throws unless the webhook was signed with this secret a moment ago. */
export function verify({ headers, body }: Received, secret: string) {
  return new Webhook(secret).verify(body, headers) as { type: string; timestamp: string; data: object }
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
