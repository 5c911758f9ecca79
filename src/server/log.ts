import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

export type Log = Logger

/**
 * The process's log: one JSON object a line, on stderr unless told otherwise. Of an error it keeps type, code,
 * message and stack, never what a driver hangs on it (rows, parameters, addresses).
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
  if (!(error instanceof Error)) return String(error)
  const { code } = error as { code?: unknown }
  return {
    type: error.name,
    ...(code === undefined ? {} : { code: String(code) }),
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  }
}
