import { STATUS_CODES } from 'node:http'
import { Type } from 'typebox'

/** An operation of the finished document, as far as it is looked at here. */
export interface Operation {
  parameters?: readonly { readonly name: string; readonly in: string }[]
  requestBody?: {
    required?: boolean
    content: Record<string, { schema?: { type?: string; required?: string[] } }>
  }
  responses: Record<string, { description?: string }>
  security?: readonly object[]
  tags?: readonly string[]
}

export const problemSchema = Type.Object(
  {
    type: Type.String({ description: '`about:blank`: see `code` for the type of problem' }),
    title: Type.String({ description: 'Title of the HTTP status' }),
    status: Type.Integer(),
    detail: Type.String({ description: 'Explanation for people' }),
    code: Type.String({ description: 'Stable code for programs' }),
    requestId: Type.String({ description: 'Id of the request in the log' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ where: Type.String(), message: Type.String() }), {
        description: 'Invalid parts of the request',
      }),
    ),
    current: Type.Optional(
      Type.Unknown({ description: 'With 412, where people edit texts: the object as it is now' }),
    ),
  },
  { description: 'RFC 9457 problem' },
)

type ProblemCase = readonly [status: number, code: string, detail: string]

const INVALID: ProblemCase = [400, 'VALIDATION_FAILED', 'The request is invalid']
const NO_KEY: ProblemCase = [401, 'KEY_REQUIRED', 'Not signed in, and no API key']
const WRONG_KEY: ProblemCase = [401, 'KEY_INVALID', 'The API key is unknown or revoked']
const WRONG_ROLE: ProblemCase = [403, 'ROLE_FORBIDDEN', 'You have none of the roles that may do this']
const NOT_FOUND: ProblemCase = [404, 'NOT_FOUND', 'Not found, or not visible to you']
const IN_PROGRESS: ProblemCase = [
  409,
  'IDEMPOTENCY_IN_PROGRESS',
  'Another request with this Idempotency-Key is still in progress',
]
const STALE: ProblemCase = [
  412,
  'PRECONDITION_FAILED',
  'If-Match does not match: the object has changed since it was read',
]
const TOO_LARGE: ProblemCase = [413, 'BODY_TOO_LARGE', 'The body is too large']
const TOO_LONG: ProblemCase = [414, 'URL_TOO_LONG', 'A part of the path is too long']
const WRONG_TYPE: ProblemCase = [
  415,
  'MEDIA_TYPE_UNSUPPORTED',
  'The content type of the body is not supported',
]
const REUSED: ProblemCase = [
  422,
  'IDEMPOTENCY_KEY_REUSED',
  'This Idempotency-Key was used for a different request',
]
const NO_CONDITION: ProblemCase = [428, 'PRECONDITION_REQUIRED', 'If-Match is required']
const LIMITED: ProblemCase = [429, 'RATE_LIMITED', 'Too many requests; Retry-After gives the time to wait']
const UNEXPECTED: ProblemCase = [500, 'INTERNAL', 'Unexpected error']
const OVERLOADED: ProblemCase = [
  503,
  'OVERLOADED',
  'The service is overloaded; Retry-After gives the time to wait',
]

/** The failures that an operation may answer with, as far as they follow from what the server does for all. */
export function problemResponses(operation: Operation): Record<string, object> {
  const { security = [], parameters = [], requestBody } = operation
  if (security.length === 0) return {}
  const needsKey = security.every((scheme) => Object.keys(scheme).length > 0)
  const takes = (name: string) => parameters.some((one) => one.name.toLowerCase() === name)
  const cases: ProblemCase[] = [
    INVALID,
    ...(needsKey ? [NO_KEY, WRONG_ROLE] : [WRONG_KEY]),
    ...(parameters.some((parameter) => parameter.in === 'path') ? [NOT_FOUND, TOO_LONG] : []),
    ...(takes('idempotency-key') ? [IN_PROGRESS, REUSED] : []),
    ...(takes('if-match') ? [STALE, NO_CONDITION] : []),
    ...(requestBody === undefined ? [] : [TOO_LARGE, WRONG_TYPE]),
    LIMITED,
    UNEXPECTED,
    OVERLOADED,
  ]
  return Object.fromEntries(cases.map((one) => [String(one[0]), response(one)]))
}

function response([status, code, detail]: ProblemCase): object {
  const title = STATUS_CODES[status]
  return {
    description: detail,
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: { type: 'about:blank', title, status, detail, code, requestId: 'req_01jd0f3k9qv7w2m' },
      },
    },
  }
}
