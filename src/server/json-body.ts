import type { FastifyInstance } from 'fastify'
import { errors } from './errors.ts'
import { nulInJson } from './nul-characters.ts'

/**
 * Takes JSON and nothing else by default (a route plugin may add its own type, such as NDJSON). Bytes that are not
 * UTF-8 are refused rather than replaced; an empty body is an absent one, as `curl -X POST` with a JSON type sends it.
 */
export function acceptJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (bytes.length === 0) return done(null, undefined)
    const text = decodeUtf8(bytes as Buffer)
    if (text === undefined) return done(errors.BODY_MALFORMED(), undefined)
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
