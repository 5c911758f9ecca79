import type { Actor } from '../../access/actor.ts'
import type { Page } from '../../platform/page.ts'
import type { PageQuery } from '../../platform/page-schema.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import { describeCategories } from '../rights/categories.ts'
import type { Named } from '../rights/governance.ts'
import { mayClose, type ReportState } from './report.ts'
import type { ArticleReport } from './report-store.ts'

export const REPORT_OWNERS = ['me', 'all'] as const

export interface ReportView extends Omit<ArticleReport, 'audience'> {
  /** Who owns the category now. */
  readonly owner?: Named
  readonly mayClose: boolean
}

interface ReportFilters extends PageQuery {
  /** `me`: only those of categories that the caller owns. */
  readonly owner?: (typeof REPORT_OWNERS)[number]
  readonly state?: ReportState
}

/** Lists the reports that an actor may see, by default all open ones. @throws CodedError CURSOR_INVALID */
export async function listReports(
  deps: ArticleDeps,
  { owner = 'all', state = 'open', cursor, limit = 20 }: ReportFilters,
  actor: Actor,
): Promise<Page<ReportView>> {
  const ownerId = owner === 'me' ? actor.id : undefined
  const page = await deps.reports.list({ reader: readerOf(actor), state, ownerId, cursor, limit })
  const owners = await ownersOf(deps, page.items)
  return { ...page, items: page.items.map((report) => present(report, owners, actor)) }
}

/** Presents one report. */
export async function presentReport(
  deps: OwnerDeps,
  report: ArticleReport,
  actor: Actor,
): Promise<ReportView> {
  return present(report, await ownersOf(deps, [report]), actor)
}

type OwnerDeps = Pick<ArticleDeps, 'categories' | 'accounts'>
type Owners = ReadonlyMap<string, Named | undefined>

/** The owners of the categories of reports, by category. */
async function ownersOf(deps: OwnerDeps, reports: readonly ArticleReport[]): Promise<Owners> {
  const labels = [...new Set(reports.flatMap(({ category }) => category ?? []))]
  const categories = await describeCategories(deps, labels)
  return new Map(categories.map(({ label, owner }) => [label, owner]))
}

function present({ audience: _, ...report }: ArticleReport, owners: Owners, actor: Actor): ReportView {
  return {
    ...report,
    owner: report.category === undefined ? undefined : owners.get(report.category),
    mayClose: report.closed === undefined && mayClose(actor, report.article),
  }
}
