import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'
import { redactText } from '../text/personal-data/redact.ts'

export type Log = Logger

/**
 * The process's log: one JSON object a line, on stderr unless told otherwise. Of an error it keeps type, code,
 * message and stack, never what a driver hangs on it (rows, parameters, addresses), and of those no personal data: a
 * message may quote what somebody wrote.
 */
export function createLog(options: { readonly level: string }, destination?: DestinationStream): Log {
  const settings: LoggerOptions = {
    level: options.level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: describeError, error: describeError, req: () => undefined, res: () => undefined },
  }
  return pino(settings, destination ?? (process.stderr as DestinationStream))
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
