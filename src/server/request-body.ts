import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import type { CodedError } from '../platform/errors.ts'
import { exceedsJsonBounds, MOST_FIELDS, MOST_LEVELS } from '../platform/json-bounds.ts'
import { errors } from './problems.ts'
import { fault } from './validation.ts'

/**
 * Takes JSON and nothing else by default (a route plugin may add its own type, such as NDJSON). Bytes that are not
 * UTF-8 are refused rather than replaced, but an escaped half of a surrogate pair (a text cut within an emoji) reads
 * as U+FFFD, for no database can keep it; an empty body is an absent one, as `curl -X POST` with a JSON type sends it.
 */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined)
    const decoded = decodeUtf8(bytes as Buffer)
    if (decoded === undefined) return done(errors.BODY_MALFORMED(), undefined)
    if (exceedsJsonBounds(decoded)) {
      const bounds = { levels: MOST_LEVELS, fields: MOST_FIELDS }
      return done(errors.BODY_TOO_COMPLEX(bounds), undefined)
    }
    const text = replaceLoneSurrogates(decoded)
    // Fastify's parser calls back at once, and takes whatever is thrown meanwhile for malformed JSON.
    let outcome: { readonly error: Error | null; readonly value: unknown } | undefined
    parse(request, text, (error, value) => {
      outcome = { error, value }
    })
    return done(outcome?.error ?? nulInJson(text, outcome?.value) ?? null, outcome?.value)
  })
}

function decodeUtf8(bytes: Buffer): string | undefined {
  if (!isUtf8(bytes)) return undefined
  const text = bytes.toString()
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

/** An escape in JSON: a surrogate pair, half of one, or any other. */
const ESCAPE = /\\(?:(ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2})|(ud[89a-f][\da-f]{2})|.)/gi
const SURROGATE = /\\ud[89a-f]/i

function replaceLoneSurrogates(json: string): string {
  if (!SURROGATE.test(json)) return json
  return json.replace(ESCAPE, (all, _pair, half) => (half === undefined ? all : '\\ufffd'))
}

/**
 * Refuses U+0000 wherever a request may carry text: PostgreSQL cannot store it, SQLite can, and what one database
 * takes the other must take too.
 */
export function refuseNulCharacters(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => {
    // The only way that the character takes into either.
    if (!request.raw.url?.includes('%00')) return done()
    for (const [part, values] of [
      ['params', request.params],
      ['querystring', request.query],
    ] as const) {
      const where = findNul(values, part)
      if (where !== undefined) return done(nulError(where))
    }
    return done()
  })
}

/**
 * What is to be said of parsed JSON; `text` is what it was parsed from, whose escapes tell most bodies from those
 * worth walking.
 */
export function nulInJson(text: string, value: unknown): CodedError | undefined {
  const where = text.includes('\\u0000') ? findNul(value, 'body') : undefined
  return where === undefined ? undefined : nulError(where)
}

/** Where the character is. Keeps its own stack: a body may be nested deeper than calls can be. */
function findNul(value: unknown, where: string): string | undefined {
  const pending: { readonly value: unknown; readonly where: string }[] = [{ value, where }]
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    if (typeof one.value === 'string' && one.value.includes('\0')) return one.where
    if (typeof one.value !== 'object' || one.value === null) continue
    for (const [key, child] of Object.entries(one.value)) {
      if (key.includes('\0')) return one.where
      pending.push({ value: child, where: `${one.where}/${key}` })
    }
  }
  return undefined
}

function nulError(where: string): CodedError {
  return errors.VALIDATION_FAILED({ errors: [fault(where, 'must not contain the character U+0000')] })
}
