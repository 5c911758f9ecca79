import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { outageOf } from '../platform/database/outage.ts'
import { CodedError, defineErrors } from '../platform/errors.ts'
import { preferredLanguage, type SpokenLanguage } from '../text/language/preferred-language.ts'
import { knownMethods } from './known-methods.ts'
import { faultInFrench, inFrench } from './problems-in-french.ts'
import { routePattern } from './request-log.ts'
import { explainValidation } from './validation.ts'

/** Everything that can go wrong before, around or instead of a use case. */
export const errors = defineErrors({
  VALIDATION_FAILED: [400, 'The request is invalid. See `errors` for each problem.'],
  BODY_MALFORMED: [400, 'The body is not valid JSON in UTF-8'],
  BODY_TOO_COMPLEX: [
    400,
    'The body is nested deeper than {levels} levels, or has more than {fields} fields. Send less at a time.',
  ],
  URL_MALFORMED: [400, 'The URL contains a percent escape that is not valid UTF-8'],
  REQUEST_MALFORMED: [400, 'The request is malformed'],
  KEY_REQUIRED: [401, 'Sign in, or send an API key as `Authorization: Bearer …`'],
  KEY_INVALID: [401, 'The API key is unknown or revoked'],
  SESSION_ENDED: [401, 'Your session has ended. Sign in again.'],
  CROSS_SITE_REQUEST: [
    403,
    'A browser sent this request from another site, or did not say from where. Use a page of Entraide, or an API key.',
  ],
  ROLE_FORBIDDEN: [403, 'You have none of the roles that may do this: {roles}'],
  ROUTE_NOT_FOUND: [404, 'There is nothing at this URL. The API documentation is at /api/docs.'],
  METHOD_NOT_ALLOWED: [405, 'This URL does not support the method. Use one of: {methods}'],
  REQUEST_TOO_SLOW: [408, 'The request did not arrive completely in time'],
  IDEMPOTENCY_IN_PROGRESS: [
    409,
    'A request with this Idempotency-Key is still in progress. Try again later.',
  ],
  BODY_TOO_LARGE: [413, 'The body is larger than {limit} bytes'],
  URL_TOO_LONG: [414, 'A part of the path is too long'],
  MEDIA_TYPE_UNSUPPORTED: [
    415,
    'The content type is not supported. Send application/json, or the type that the API documentation gives for this operation.',
  ],
  IDEMPOTENCY_KEY_INVALID: [400, 'Idempotency-Key must be 1 to 200 printable ASCII characters'],
  IDEMPOTENCY_NOT_OFFERED: [
    400,
    'Idempotency-Key works only for callers who are known. Sign in, send an API key, or leave the header out.',
  ],
  HEADERS_TOO_LARGE: [431, 'The request headers are too large'],
  TOO_MANY_CONNECTIONS: [
    429,
    'More than {most} connections from one address without an API key. Close some, or send a key.',
  ],
  RATE_LIMITED: [429, 'More than {max} requests in a minute. Try again in {seconds} s.'],
  OVERLOADED: [503, 'The service is overloaded. Try again in {seconds} s.'],
  ROUTE_UNGUARDED: [500, '{method} {url} does not state who may call it (config.allow)'],
  PORT_TAKEN: [500, 'Port {port} on {host} is in use by another program. Set PORT to a free port.'],
  ADDRESS_UNUSABLE: [500, 'Cannot listen on {host}, port {port}: {reason}'],
})

/** An RFC 9457 problem; `code` is what programs look at. */
export interface Problem {
  readonly type: 'about:blank'
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly requestId: string
  /** What is wrong where, when that can be told. */
  readonly errors?: readonly unknown[]
  /** With 412: what the caller had not read, as it is now. */
  readonly current?: unknown
}

/** Where an error of status 503 does not say how long to wait. */
const RETRY_AFTER_S = 5

/** Turns every failure into a problem: coded errors as they are, what nobody foresaw into INTERNAL and a log line. */
export function addProblems(app: FastifyInstance): void {
  app.decorate('explain', (error: unknown, request: FastifyRequest, language: SpokenLanguage) => {
    const known = toCoded(error, request)
    logFailure(known, error, request)
    const { detail } = worded(known, language)
    return {
      status: known?.status ?? 500,
      code: known?.code ?? 'INTERNAL',
      detail,
      retryAfterS: waitOf(known),
    }
  })
  const methodsAt = knownMethods(app)
  app.setErrorHandler((error: unknown, request, reply) =>
    sendProblem(toCoded(error, request), error, request, reply),
  )
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url)
    if (methods.length === 0) throw errors.ROUTE_NOT_FOUND()
    reply.header('allow', methods.join(', '))
    throw errors.METHOD_NOT_ALLOWED({ methods: methods.join(', ') })
  })
}

/** Answers what Fastify could not even route: a malformed or overlong address. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  reply.header('x-request-id', request.id)
  request.log.info({ method: request.method, route: routePattern(request), code: error.code }, 'unroutable')
  sendProblem(toCoded(error, request), error, request, reply)
}

/** A coded error; undefined for what must not be told to a caller. */
function toCoded(error: unknown, request: FastifyRequest): CodedError | undefined {
  if (error instanceof CodedError) return error.status === 500 ? undefined : error
  const outage = outageOf(error)
  if (outage !== undefined) return outage
  const { code, validation, validationContext, statusCode } = (error ?? {}) as Partial<FastifyError>
  if (validation !== undefined)
    return errors.VALIDATION_FAILED({ errors: explainValidation(validation, validationContext ?? 'body') })
  switch (code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return errors.BODY_MALFORMED()
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return errors.BODY_TOO_LARGE({ limit: request.routeOptions.bodyLimit })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return errors.MEDIA_TYPE_UNSUPPORTED()
    case 'FST_ERR_BAD_URL':
      return errors.URL_MALFORMED()
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return errors.URL_TOO_LONG()
    default:
      return statusCode !== undefined && statusCode >= 400 && statusCode < 500
        ? errors.REQUEST_MALFORMED()
        : undefined
  }
}

function sendProblem(
  known: CodedError | undefined,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  logFailure(known, error, request)
  const status = known?.status ?? 500
  const retryAfterS = waitOf(known)
  if (retryAfterS !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', retryAfterS)
  const { detail, listed, language } = worded(known, preferredLanguage(request.headers['accept-language']))
  const problem: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    code: known?.code ?? 'INTERNAL',
    requestId: request.id,
    ...(listed === undefined ? {} : { errors: listed }),
    current: status === 412 ? known?.details.current : undefined,
  }
  return reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .header('content-language', language)
    .header('vary', 'accept-language')
    .send(JSON.stringify(problem))
}

function logFailure(known: CodedError | undefined, error: unknown, request: FastifyRequest): void {
  if (known === undefined) request.log.error({ err: error }, 'request failed unexpectedly')
  else if (known.cause !== undefined && known.status === 503)
    request.log.warn({ err: known.cause, code: known.code }, 'the database failed')
}

/** Seconds after which a caller may try again, where that is known. */
function waitOf(known: CodedError | undefined): number | undefined {
  const { seconds } = known?.details ?? {}
  if (typeof seconds === 'number') return seconds
  return known?.status === 503 ? RETRY_AFTER_S : undefined
}

const UNEXPECTED = 'An unexpected error occurred. The server log has it under this request id.'

/** What a problem says, in the language that the caller would rather read where it is written in that. */
function worded(known: CodedError | undefined, wanted: SpokenLanguage) {
  const listed = Array.isArray(known?.details.errors) ? (known.details.errors as unknown[]) : undefined
  const english = { detail: known?.message ?? UNEXPECTED, listed, language: 'en' }
  if (wanted === 'en') return english
  const detail = inFrench(known ?? { code: 'INTERNAL', details: {} })
  return detail === undefined ? english : { detail, listed: listed?.map(translated), language: 'fr' }
}

function translated(fault: unknown): unknown {
  const { message } = (fault ?? {}) as { message?: unknown }
  return typeof message === 'string' ? { ...(fault as object), message: faultInFrench(message) } : fault
}
