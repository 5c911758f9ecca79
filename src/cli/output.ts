import type { ImportSummary } from '../ingest/imports/import-request.ts'
import { CodedError } from '../platform/errors.ts'

/** What a command prints: one JSON line for machines, or text for people. Progress and complaints go to stderr. */
export function print(json: boolean, value: unknown, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text()}\n`)
}

/** Errors that say the command was asked for something it does not have, rather than that it failed. */
const BAD_USAGE = new Set([
  'SOURCE_FORMAT_UNKNOWN',
  'FORMAT_OPTION_INVALID',
  'API_ADDRESS_INVALID',
  'COMMUNITY_URL_INVALID',
  'CONFIG_UNKNOWN',
  'CONFIG_INVALID',
  'OIDC_ROLE_UNKNOWN',
  'OIDC_AUDIENCE_UNKNOWN',
])

interface Failure {
  readonly exitCode: 1 | 2
  readonly error: { readonly code: string; readonly message: string } & Readonly<Record<string, unknown>>
}

/** What the command line itself did not understand; for people it has printed that already. */
export function describeBadUsage(message: string): Failure {
  return { exitCode: 2, error: { code: 'USAGE_INVALID', message: message.replace(/^error: /, '') } }
}

/** How a failure looks from outside; an error without a code is a fault of ours and keeps its stack for the report. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof CodedError)
    return {
      exitCode: BAD_USAGE.has(error.code) ? 2 : 1,
      error: { code: error.code, message: error.message, ...error.details },
    }
  const system = systemCode(error)
  if (system !== undefined) return { exitCode: 1, error: { code: system, message: (error as Error).message } }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { exitCode: 1, error: { code: 'INTERNAL', message } }
}

/** The database or the disk refusing (ECONNREFUSED, ENOSPC, SQLITE_FULL …) is news for the operator, not a bug. */
function systemCode(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' && /^(E[A-Z]{2,}|SQLITE_\w+|[0-9A-Z]{5})$/.test(code) ? code : undefined
}

/** `1 thread`, `2 threads`: of what takes an s. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}

/** A table with its columns aligned, for people; a column without any value is left out. */
export function table(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const first = rows[0]
  if (first === undefined) return '(none)'
  const columns = Object.keys(first).filter((column) => rows.some((row) => row[column] !== undefined))
  const cells = [columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))]
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]?.length ?? 0)))
  return cells
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Resolves at SIGTERM or SIGINT; a second signal ends the process at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  })
}

/** What an export held, in a line. */
export function exportLine({ answers, threads, ignored, orphans }: ImportSummary): string {
  return `In the export: ${[
    counted(answers, 'answer'),
    `${counted(threads.resolved, 'thread')} resolved`,
    `${counted(ignored, 'other row')} ignored`,
    `${counted(orphans, 'answer')} without ${orphans === 1 ? 'its' : 'their'} question`,
  ].join(', ')}.`
}
