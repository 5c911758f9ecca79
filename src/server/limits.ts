import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { anonymous } from '../access/actor.ts'
import { errors } from './problems.ts'

/** When a process counts as overloaded. */
export interface OverloadLimits {
  /** Mean delay of the event loop. */
  readonly maxEventLoopDelayMs: number
  /** Over this long: one slow moment (a snapshot loaded, a large collection of garbage) is no overload. */
  readonly sampleMs: number
}

const DEFAULTS: OverloadLimits = { maxEventLoopDelayMs: 1000, sampleMs: 5000 }
const RETRY_AFTER_S = 5

/**
 * Refuses requests while this process is so far behind that they would only pile up. Health and metrics are outside
 * of `api` and go on answering.
 */
export async function addOverloadGuard(api: FastifyInstance, limits = DEFAULTS): Promise<void> {
  await api.register(underPressure, {
    maxEventLoopDelay: limits.maxEventLoopDelayMs,
    sampleInterval: limits.sampleMs,
    pressureHandler: async (_request, reply) => {
      reply.header('retry-after', RETRY_AFTER_S)
      throw errors.OVERLOADED({ seconds: RETRY_AFTER_S })
    },
  })
}

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
