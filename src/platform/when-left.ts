import type { ServerResponse } from 'node:http'

/**
 * A signal that is aborted when whoever asked leaves before the answer is sent, and when it was sent. (Fastify's
 * `request.signal` is aborted as soon as the body has been read.)
 */
export function whenLeft(response: ServerResponse): AbortSignal {
  const leaving = new AbortController()
  response.once('close', () => leaving.abort())
  return leaving.signal
}
