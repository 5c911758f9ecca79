import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { errors } from './errors.ts'

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
