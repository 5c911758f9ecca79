import { type CodedError, defineErrors } from '../errors.ts'

const errors = defineErrors({
  DATABASE_UNREACHABLE: [
    500,
    'The database that DATABASE_URL names cannot be used: {reason}. Start it, or correct DATABASE_URL.',
  ],
})

/** Codes of the system, and of PostgreSQL (`57P…` shuts down or starts up, `53300` has no connection left). */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|08\w{3}|57P0\d|53300)$/
/** What has no code: a connection that broke, one that was not made in time, and a pool that waited for one in vain. */
const BROKEN =
  /^(Connection terminated|Connection ended|timeout expired|Knex: Timeout acquiring a connection)/

/** Whether a statement failed because the database could not be reached, whatever it asked. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return (typeof code === 'string' && AWAY.test(code)) || BROKEN.test(error.message)
}

/**
 * Why a database could not be opened, in a sentence that names the variable; undefined for what has another cause. No
 * word of the user or the password.
 */
export function unreachable(error: unknown, databaseUrl: string): CodedError | undefined {
  const reason = reasonOf(error, databaseUrl)
  return reason === undefined ? undefined : errors.DATABASE_UNREACHABLE({ reason }, { cause: error })
}

function reasonOf(error: unknown, databaseUrl: string): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown }
  const { hostname, port, pathname } = URL.canParse(databaseUrl)
    ? new URL(databaseUrl)
    : { hostname: 'its host', port: '', pathname: '/' }
  const server = `${hostname}:${port === '' ? 5432 : port}`
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${server} (ECONNREFUSED)`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the host ${hostname} is unknown (${code})`
    case '28P01':
    case '28000':
      return `${server} refuses the user or the password (${code})`
    case '3D000':
      return `${server} has no database ${decodeURIComponent(pathname.slice(1))} (${code})`
    default:
      return isAway(error) ? `${server} does not answer (${code ?? 'timeout'})` : undefined
  }
}
