import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance } from 'fastify'
import { anonymous } from '../access/index.ts'
import { errors } from './errors.ts'

/** Callers counted at once in one process; the least recent is forgotten. */
const CALLERS = 20_000

/**
 * At most `max` requests a minute for a key, or for an address without a (valid) one; what is left is told in
 * `RateLimit-*` headers. Counted per process. A route may have a count and a limit of its own (`config.rateLimit`).
 *
 * @param api every route added to it from now on
 */
export async function addRateLimit(api: FastifyInstance, max: number): Promise<void> {
  await api.register(rateLimit, {
    max,
    timeWindow: 60_000,
    cache: CALLERS,
    enableDraftSpec: true,
    keyGenerator: ({ actor, ip }) => (actor.id === anonymous.id ? `address ${ip}` : actor.id),
    errorResponseBuilder: (_request, { ttl, max: limit }) =>
      errors.RATE_LIMITED({ max: limit, seconds: Math.max(1, Math.ceil(ttl / 1000)) }),
  })
}
