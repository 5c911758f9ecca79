import type { ArticleDeps } from '../deps.ts'
import type { Found } from './found-article.ts'
import { type FoundOptions, importFound } from './import-found.ts'
import { type ImportReport, type Remark, ReportedOutcomes } from './import-report.ts'

export const HELP_CENTRE_FORMATS = ['zendesk', 'wordpress'] as const
export type HelpCentreFormat = (typeof HELP_CENTRE_FORMATS)[number]

export interface HelpCentreImport extends FoundOptions {
  readonly format: HelpCentreFormat
  readonly paths: readonly string[]
  readonly onRemark?: (remark: Remark) => void
}

/**
 * Imports the articles of another help centre, each in a transaction of its own. Imported again, they are changed where
 * they changed there, and left alone where somebody edited them here.
 *
 * @throws CodedError for files that cannot be read; what came before stays imported
 */
export async function importArticles(
  deps: ArticleDeps,
  { format, paths, onRemark, ...options }: HelpCentreImport,
): Promise<ImportReport> {
  const outcomes = new ReportedOutcomes(onRemark)
  for await (const found of await readerOf(format, paths)) {
    if ('article' in found) await importFound(deps, found.article, options, outcomes)
    else if ('remark' in found) outcomes.refuse(found.remark)
    else outcomes.count('ignored', found.ignored)
  }
  return outcomes.report
}

/** Their parsers are loaded when they are needed. */
async function readerOf(format: HelpCentreFormat, paths: readonly string[]): Promise<AsyncIterable<Found>> {
  if (format === 'zendesk') return (await import('./zendesk-guide.ts')).readZendeskGuide(paths)
  return (await import('./wordpress.ts')).readWordPress(paths)
}
