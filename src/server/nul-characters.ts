import type { FastifyInstance } from 'fastify'
import type { CodedError } from '../platform/index.ts'
import { errors } from './errors.ts'

/**
 * Refuses U+0000 wherever a request may carry text: PostgreSQL cannot store it, SQLite can, and what one database
 * takes the other must take too.
 */
export function refuseNulCharacters(app: FastifyInstance): void {
  app.addHook('preValidation', async (request) => {
    for (const [part, values] of [
      ['params', request.params],
      ['querystring', request.query],
    ] as const) {
      const where = findNul(values, part)
      if (where !== undefined) throw nulError(where)
    }
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

function findNul(value: unknown, where: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? where : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, child] of Object.entries(value)) {
    const found = key.includes('\0') ? where : findNul(child, `${where}/${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function nulError(where: string): CodedError {
  return errors.VALIDATION_FAILED({ errors: [{ where, message: 'must not contain the character U+0000' }] })
}
