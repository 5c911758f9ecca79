import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { anonymous } from '../access/actor.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import {
  type Answer,
  type Claim,
  createIdempotencyStore,
  type IdempotencyStore,
} from './idempotency-store.ts'
import { errors } from './problems.ts'

const SANE_KEY = /^[\x21-\x7e]([\x20-\x7e]{0,198}[\x21-\x7e])?$/

/**
 * `Idempotency-Key` on POST: the whole handler runs in one transaction, into which its answer is written as well,
 * so that what was done and what was answered are kept together or not at all. The answer goes out after the
 * commit; the same request again gets the same answer and changes nothing. Failures are not remembered: what was
 * refused may be tried again.
 *
 * Routes with `config.idempotent: false` stay as they are: those that store nothing, and those whose answer must
 * not be kept.
 *
 * @param api every route added to it from now on
 */
export function addIdempotency(api: FastifyInstance, db: Database, clock: Clock): void {
  const store = createIdempotencyStore(db, clock)
  api.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('POST') || route.config?.idempotent === false) return
    route.handler = once(db, store, route.handler)
  })
}

function once(db: Database, store: IdempotencyStore, handler: RouteHandlerMethod): RouteHandlerMethod {
  return async function handle(request, reply) {
    const key = request.headers['idempotency-key']
    if (key === undefined) return handler.call(this, request, reply)
    const claim = claimOf(request, String(key))
    const { answer, replayed } = await db.transaction(async () => {
      const given = await store.claim(claim)
      if (given !== undefined) return { answer: given, replayed: true }
      const fresh = await recordReply(reply, (recorder) => handler.call(this, request, recorder))
      if (fresh.status < 400) await store.remember(claim, fresh)
      else await store.release(claim)
      return { answer: fresh, replayed: false }
    })
    if (replayed) reply.header('idempotent-replayed', 'true')
    return give(reply, answer)
  }
}

function claimOf(request: FastifyRequest, key: string): Claim {
  if (request.actor.id === anonymous.id) throw errors.IDEMPOTENCY_NOT_OFFERED()
  if (!SANE_KEY.test(key)) throw errors.IDEMPOTENCY_KEY_INVALID()
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`)
  hash.update(JSON.stringify(request.body ?? null))
  return { actorId: request.actor.id, key, requestHash: hash.digest('hex') }
}

function give(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body)
}

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
    throw new TypeError(
      'a stream or buffer cannot be stored for Idempotency-Key; set config.idempotent to false',
    )
  return String(reply.serialize(payload))
}

function headersSince(before: Headers, reply: FastifyReply) {
  return Object.entries(reply.getHeaders()).filter(([name, value]) => before[name] !== value)
}
