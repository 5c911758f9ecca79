import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import { errors } from './errors.ts'

const MAX_EVENT_LOOP_DELAY_MS = 2000
const RETRY_AFTER_S = 5

/**
 * Refuses requests while this process is so far behind that they would only pile up. Health and metrics are outside
 * of `api` and go on answering.
 */
export async function addOverloadGuard(
  api: FastifyInstance,
  maxEventLoopDelay = MAX_EVENT_LOOP_DELAY_MS,
): Promise<void> {
  await api.register(underPressure, {
    maxEventLoopDelay,
    pressureHandler: async (_request, reply) => {
      reply.header('retry-after', RETRY_AFTER_S)
      throw errors.OVERLOADED({ seconds: RETRY_AFTER_S })
    },
  })
}
