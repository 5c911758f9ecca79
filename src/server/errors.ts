import { defineErrors } from '../platform/index.ts'

/** Everything that can go wrong before, around or instead of a use case. */
export const errors = defineErrors({
  VALIDATION_FAILED: [400, 'The request is not what this operation takes; `errors` says where'],
  BODY_MALFORMED: [400, 'The body is not well-formed JSON in UTF-8'],
  URL_MALFORMED: [400, 'The address holds an escape that is not UTF-8'],
  REQUEST_MALFORMED: [400, 'The request cannot be read'],
  KEY_REQUIRED: [401, 'This needs an API key, sent as `Authorization: Bearer …`'],
  KEY_INVALID: [401, 'The API key is unknown or revoked'],
  ROLE_FORBIDDEN: [403, 'This needs a key with one of the roles {roles}'],
  ROUTE_NOT_FOUND: [404, 'There is nothing at this address'],
  METHOD_NOT_ALLOWED: [405, 'This address answers {methods} only'],
  REQUEST_TOO_SLOW: [408, 'The request did not arrive in full in time'],
  IDEMPOTENCY_IN_PROGRESS: [409, 'A request with this Idempotency-Key is still being worked on'],
  BODY_TOO_LARGE: [413, 'The body is larger than {limit} bytes'],
  URL_TOO_LONG: [414, 'A part of the address is longer than any id'],
  MEDIA_TYPE_UNSUPPORTED: [415, 'The body must be application/json, or what the operation says'],
  IDEMPOTENCY_KEY_INVALID: [400, 'Idempotency-Key must be 1 to 200 printable ASCII characters'],
  IDEMPOTENCY_NOT_OFFERED: [
    400,
    'Idempotency-Key needs an API key: an answer is remembered for its key only',
  ],
  IDEMPOTENCY_KEY_REUSED: [422, 'This Idempotency-Key belongs to a different request'],
  HEADERS_TOO_LARGE: [431, 'The headers are larger than this service takes'],
  RATE_LIMITED: [429, 'More than {max} requests a minute; try again in {seconds} s'],
  OVERLOADED: [503, 'The service is overloaded; try again in {seconds} s'],
  ROUTE_UNGUARDED: [500, '{method} {url} does not say who may call it (config.allow)'],
  PORT_TAKEN: [500, 'Port {port} on {host} is taken by another program; set PORT to one that is free'],
  ADDRESS_UNUSABLE: [500, 'Cannot listen on {host}, port {port}: {reason}'],
})
