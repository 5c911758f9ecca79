import type { FastifyReply } from 'fastify'
import type { Answer } from './idempotency-store.ts'

type Headers = ReturnType<FastifyReply['getHeaders']>

/**
 * Runs a handler whose answer must not go out yet: it gets a stand-in for `reply` that keeps what it is told to
 * send. The payload is serialised here, by the route's own schema, so that it cannot fail any later; headers that
 * the handler set are taken off `reply` again, because the answer may still come to nothing.
 */
export async function recordReply(
  reply: FastifyReply,
  handler: (recorder: FastifyReply) => unknown,
): Promise<Answer> {
  const before = reply.getHeaders()
  let sent: { readonly payload: unknown } | undefined
  // Inherits everything of the reply but these two: a reply is thenable, and would be awaited until it has ended.
  const recorder: FastifyReply = Object.create(reply, {
    // biome-ignore lint/suspicious/noThenProperty: it is there already, and has to go
    then: { value: undefined },
    send: {
      value(payload: unknown) {
        sent = { payload }
        return recorder
      },
    },
  })
  try {
    const returned = await handler(recorder)
    const payload = returned === recorder || sent !== undefined ? sent?.payload : returned
    const body = bodyOf(reply, payload)
    const headers = Object.fromEntries(
      headersSince(before, reply).map(([name, value]) => [name, String(value)]),
    )
    if (typeof payload === 'object' && payload !== null)
      headers['content-type'] ??= 'application/json; charset=utf-8'
    return { status: reply.statusCode, headers, ...(body === undefined ? {} : { body }) }
  } finally {
    for (const [name] of headersSince(before, reply)) {
      const earlier = before[name]
      if (earlier === undefined) reply.removeHeader(name)
      else reply.header(name, earlier)
    }
  }
}

function bodyOf(reply: FastifyReply, payload: unknown): string | undefined {
  if (payload === undefined || payload === null) return undefined
  if (typeof payload === 'string') return payload
  if (payload instanceof Uint8Array || typeof (payload as { pipe?: unknown }).pipe === 'function')
    throw new TypeError('bytes and streams are not remembered: such a route needs config.idempotent false')
  return String(reply.serialize(payload))
}

function headersSince(before: Headers, reply: FastifyReply) {
  return Object.entries(reply.getHeaders()).filter(([name, value]) => before[name] !== value)
}
