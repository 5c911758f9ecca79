import type { ImportSummary } from '../threads/index.ts'
import { counted } from './output.ts'

/** What an export held, in a line. */
export function exportLine({ answers, threads, ignored, orphans }: ImportSummary): string {
  return `In the export: ${[
    counted(answers, 'answer'),
    `${counted(threads.resolved, 'thread')} resolved`,
    `${counted(ignored, 'other row')} ignored`,
    `${counted(orphans, 'answer')} without ${orphans === 1 ? 'its' : 'their'} question`,
  ].join(', ')}.`
}
