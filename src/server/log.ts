import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { isAway } from '../platform/database/outage.ts'
import { redactText } from '../text/personal-data/redact.ts'
import { createGatheringStream } from './gathering-stream.ts'

export type Log = Logger

/**
 * The process's log: one JSON object a line, on stderr unless told otherwise. Of an error it keeps type, code,
 * message and stack, never what a driver hangs on it (rows, parameters, addresses), and of those no personal data: a
 * message may quote what somebody wrote.
 *
 * While the database is away, one line a minute says so for all that fails because of it, and how many lines it stands
 * for: what runs in the background tries again twice a second.
 *
 * @param now milliseconds, for that minute
 */
export function createLog(
  options: { readonly level: string },
  destination?: DestinationStream,
  now: () => number = () => performance.now(),
): Log {
  const countOmitted = createOmission(now)
  const settings: LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    hooks: {
      logMethod(args, method) {
        const [details] = args as [unknown]
        const err = typeof details === 'object' && details !== null && 'err' in details && details.err
        if (!isAway(err)) return method.apply(this, args)
        const omitted = countOmitted()
        if (omitted === undefined) return
        const line = omitted === 0 ? details : { ...(details as object), omitted }
        const [, ...rest] = args as unknown[]
        method.apply(this, [line, ...rest] as Parameters<typeof method>)
      },
    },
    serializers: { err: describeError, error: describeError, req: () => undefined, res: () => undefined },
  }
  return pino(settings, destination ?? createGatheringStream(process.stderr))
}

const MINUTE_MS = 60_000

/** Tells of each line about one trouble whether to leave it out (undefined), or how many were left out before it. */
function createOmission(now: () => number): () => number | undefined {
  let last = Number.NEGATIVE_INFINITY
  let omitted = 0
  return () => {
    if (now() - last < MINUTE_MS) {
      omitted++
      return undefined
    }
    const before = omitted
    last = now()
    omitted = 0
    return before
  }
}

function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return withoutPersonalData(String(error))
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    ...(code === undefined ? {} : { code: String(code) }),
    message: withoutPersonalData(error.message),
    stack: withoutPersonalData(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}

const LONGEST = 20_000

function withoutPersonalData(text: string): string {
  return redactText(text.slice(0, LONGEST))
}
