import type { Actor } from '../../access/actor.ts'
import type { Audience } from '../../access/audience.ts'
import type { Article } from '../article.ts'
import { articleRights } from '../rights/article-rights.ts'
import type { Named } from '../rights/governance.ts'

/** Who found the problem: somebody who works on articles, or a reader whom the article did not help. */
export const REPORT_ORIGINS = ['colleague', 'reader'] as const
export type ReportOrigin = (typeof REPORT_ORIGINS)[number]

export const REPORT_STATES = ['open', 'closed'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** What came of a report: the article was mended, or is right as it is. */
export const REPORT_OUTCOMES = ['fixed', 'rejected'] as const
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number]

export interface ReportClosing {
  readonly outcome: ReportOutcome
  readonly note?: string
  readonly by: Named
  readonly at: string
}

/** A problem with an article, in the words of whoever found it. It is of concern to the owner of its category. */
export interface Report {
  readonly id: string
  readonly articleId: string
  readonly passageId?: string
  /** Plain text. */
  readonly comment: string
  readonly origin: ReportOrigin
  /** Of whoever reported it: staff outside this audience do not see the report. */
  readonly audience: Audience
  /** Category of the article when the problem was reported. */
  readonly category?: string
  /** Absent for readers without an account or a key. */
  readonly by?: Named
  readonly reportedAt: string
  readonly dueAt: string
  readonly closed?: ReportClosing
}

/** An article, as a report shows it. */
export type ReportedArticle = Pick<
  Article,
  'id' | 'title' | 'language' | 'confidence' | 'audience' | 'createdBy'
>

const DAY_MS = 86_400_000
/** A week: whoever owns a category and looks at its reports once a week is never late. */
const DAYS = 7
/** Customers act on what they read, and nobody is beside them to correct it. */
const DAYS_IF_CUSTOMERS_SEE_IT = 2

/** When a problem with an article must be dealt with. */
export function dueDate(
  { confidence, audience }: Pick<Article, 'confidence' | 'audience'>,
  now: Date,
): string {
  const customersSeeIt = confidence === 'validated' && (audience === 'customer' || audience === 'public')
  const days = customersSeeIt ? DAYS_IF_CUSTOMERS_SEE_IT : DAYS
  return new Date(now.getTime() + days * DAY_MS).toISOString()
}

/** What somebody must be allowed to do with an article to close reports on it. An archived article has no edits. */
export function rightToClose({ confidence }: Pick<Article, 'confidence'>): 'edit' | 'archive' {
  return confidence === 'archived' ? 'archive' : 'edit'
}

/** Whether somebody may close the reports on an article. */
export function mayClose(actor: Actor, article: ReportedArticle): boolean {
  return articleRights(actor, article, { kind: 'experience' })[rightToClose(article)]
}
