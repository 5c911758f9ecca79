import type { Clock } from '../clock.ts'
import { type CodedError, defineErrors } from '../errors.ts'
import type { Database } from './database.ts'

const errors = defineErrors({
  DATABASE_UNAVAILABLE: [503, 'The database does not respond. Try again in {seconds} s.'],
  STORAGE_FULL: [
    503,
    'The disk of the database is full, so that nothing can be stored. Try again in {seconds} s.',
  ],
})

/**
 * Codes of a database that cannot be reached: Node's of a broken connection; PostgreSQL's of class 08, of one that shuts
 * down or starts up (`57P…`) and of one without room for another connection (`53300`); SQLite's.
 */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|08\w{3}|57P0\d|53300|SQLITE_BUSY|SQLITE_IOERR\w*)$/
/** What `pg` says of a connection without giving a code; knex puts the statement before it. */
const CONNECTION_LOST =
  /(?:^| - )(Connection (terminated|ended)|timeout expired|Client (was closed|has encountered a connection error))/
const FULL = new Set(['SQLITE_FULL', '53100', 'ENOSPC', 'EDQUOT'])

const AWAY_RETRY_S = 5
const FULL_RETRY_S = 30

/** Whether a statement failed because the database could not be reached, whatever it asked. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, name, message } = error as Error & { readonly code?: unknown }
  return (
    (typeof code === 'string' && AWAY.test(code)) ||
    CONNECTION_LOST.test(message) ||
    name === 'KnexTimeoutError' // A pool that waited for a connection in vain.
  )
}

/** The error that a caller gets when the database failed by no fault of the request; undefined for any other failure. */
export function outageOf(error: unknown): CodedError | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as { readonly code?: unknown }
  if (typeof code === 'string' && FULL.has(code))
    return errors.STORAGE_FULL({ seconds: FULL_RETRY_S }, { cause: error })
  return isAway(error) ? errors.DATABASE_UNAVAILABLE({ seconds: AWAY_RETRY_S }, { cause: error }) : undefined
}

const PROBE_EVERY_MS = 5_000

/**
 * Checks that the database takes writes: it may answer reads from a full disk. Writes at most every five seconds,
 * however often it is asked. A write that has to wait for others is no failure.
 *
 * @returns a check that rejects with what the last write failed with
 */
export function createWriteProbe(db: Database, clock: Clock): () => Promise<void> {
  let probedAt = Number.NEGATIVE_INFINITY
  let failure: unknown
  let probing: Promise<void> | undefined

  async function probe(): Promise<void> {
    try {
      await db.query(
        "insert into sequences (name, value) values ('write-probe', 1) on conflict (name) do update set value = sequences.value + 1",
        [],
      )
      failure = undefined
    } catch (error) {
      failure = error
    } finally {
      probing = undefined
    }
  }

  return async () => {
    const now = clock.now().getTime()
    // After a failure each call tries again, so that it is known at once when the outage is over.
    const isDue = failure !== undefined || Math.abs(now - probedAt) >= PROBE_EVERY_MS
    if (probing === undefined && isDue) {
      probedAt = now
      probing = probe()
    }
    await Promise.race([probing, new Promise((resolve) => setTimeout(resolve, 500).unref())])
    if (failure !== undefined) throw failure
  }
}
