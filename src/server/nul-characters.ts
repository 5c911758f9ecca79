import type { FastifyInstance } from 'fastify'
import type { CodedError } from '../platform/index.ts'
import { errors } from './errors.ts'
import { fault } from './explain-validation.ts'

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
