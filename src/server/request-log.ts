import type { IncomingMessage } from 'node:http'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { createIdMaker } from '../platform/ids.ts'

/** What a proxy may hand us as a request id: enough to be found in its logs, too little to carry anything else. */
const SANE_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/

/** Makes the id of a request: the proxy's when it is sane, else a new one. */
export function createRequestId(): (request: IncomingMessage) => string {
  const make = createIdMaker('req')
  return (request) => {
    const given = request.headers['x-request-id']
    return typeof given === 'string' && SANE_ID.test(given) ? given : make(new Date())
  }
}

/** The route as it was declared, so that no id or query of a caller gets into logs and metrics. */
export function routePattern(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'unmatched'
}

/**
 * One line a request, when it has been answered: method, route pattern, status, duration, actor's id. No address,
 * no name, no key, no query, no body.
 */
export class RequestLog extends LogController {
  constructor() {
    super({ requestIdLogLabel: 'requestId' })
  }

  override incomingRequest(): void {}

  override routeNotFound(): void {}

  override requestCompleted(error: Error | null | undefined, request: FastifyRequest, reply: FastifyReply) {
    const line = { ...summary(request), status: reply.statusCode, durationMs: Math.round(reply.elapsedTime) }
    if (error) reply.log.error({ ...line, err: error }, 'request aborted while the body was read')
    else reply.log.info(line, 'request')
  }
}

/** Tells the caller the request's id, whatever the answer, and notes callers who did not wait for it. */
export function addRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id)
    done()
  })
  app.addHook('onRequestAbort', async (request) => {
    request.log.info(summary(request), 'client closed the connection')
  })
}

function summary(request: FastifyRequest): object {
  return {
    method: request.method,
    route: routePattern(request),
    ...(request.actor === undefined ? {} : { actor: request.actor.id }),
  }
}
