import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import { anonymous } from '../access/index.ts'
import type { Clock, Database } from '../platform/index.ts'
import { errors } from './errors.ts'
import {
  type Answer,
  type Claim,
  createIdempotencyStore,
  type IdempotencyStore,
} from './idempotency-store.ts'
import { recordReply } from './record-reply.ts'

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
