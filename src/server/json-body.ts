import type { FastifyInstance } from 'fastify'
import { errors } from './errors.ts'
import { nulInJson } from './nul-characters.ts'

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
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** An escape in JSON: a surrogate pair, half of one, or any other. */
const ESCAPE = /\\(?:(ud[89ab][\da-f]{2}\\ud[c-f][\da-f]{2})|(ud[89a-f][\da-f]{2})|.)/gi
const SURROGATE = /\\ud[89a-f]/i

function replaceLoneSurrogates(json: string): string {
  if (!SURROGATE.test(json)) return json
  return json.replace(ESCAPE, (all, _pair, half) => (half === undefined ? all : '\\ufffd'))
}
