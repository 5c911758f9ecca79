import { expect, it } from 'vitest'
import { isAway, outageOf } from '../../src/platform/database/outage.ts'
import { createLog } from '../../src/server/log.ts'

const coded = (code: string) => Object.assign(new Error('it failed'), { code })
const named = (name: string, message: string) => Object.assign(new Error(message), { name })

const away: [string, Error][] = [
  ...['ECONNREFUSED', 'EPIPE', '08006', '08P01', '57P01', '57P05', '53300'].map(
    (code) => [code, coded(code)] as [string, Error],
  ),
  ...['SQLITE_BUSY', 'SQLITE_IOERR', 'SQLITE_IOERR_WRITE'].map(
    (code) => [code, coded(code)] as [string, Error],
  ),
  ...[
    'Connection terminated unexpectedly',
    'timeout expired',
    'Client was closed and is not queryable',
    'select * from "jobs" - Connection terminated unexpectedly',
    'select * from "jobs" where "id" = $1 - timeout expired',
  ].map((message) => [message, new Error(message)] as [string, Error]),
  ['a pool that waited in vain', named('KnexTimeoutError', 'Knex: Timeout acquiring a connection.')],
]
const otherwise: [string, unknown][] = [
  ['23505', coded('23505')],
  ['SQLITE_CONSTRAINT', coded('SQLITE_CONSTRAINT')],
  ['a word amid a message', new Error('the lock says: timeout expired')],
  ['no error', 'ECONNREFUSED'],
  ['nothing', undefined],
]

/** Lines of a log that is told of an error twice within a minute. */
function linesOf(err: unknown): number {
  let lines = 0
  const log = createLog({ level: 'info' }, { write: () => void lines++ }, () => 0)
  for (let time = 0; time < 2; time++) log.error({ err }, 'failed')
  return lines
}

it.each(away)('a database that is away is so to a caller and to the log alike: %s', (_, error) => {
  expect(isAway(error)).toBe(true)
  expect(outageOf(error)).toMatchObject({ status: 503, code: 'DATABASE_UNAVAILABLE', cause: error })
  expect(linesOf(error)).toBe(1)
})

it.each(otherwise)('what failed otherwise is no outage to either: %s', (_, error) => {
  expect(isAway(error)).toBe(false)
  expect(outageOf(error)).toBeUndefined()
  expect(linesOf(error)).toBe(2)
})

it.each(['SQLITE_FULL', '53100', 'ENOSPC'])('a full disk is told apart from it: %s', (code) => {
  expect(isAway(coded(code))).toBe(false)
  expect(outageOf(coded(code))).toMatchObject({ status: 503, code: 'STORAGE_FULL' })
})
