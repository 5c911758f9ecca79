import { type CodedError, defineErrors } from '../errors.ts'
import { isAway } from './outage.ts'

const errors = defineErrors({
  DATABASE_UNREACHABLE: [
    500,
    'The database that DATABASE_URL names cannot be used: {reason}. Start it, or correct DATABASE_URL.',
  ],
})

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
