import type { Audience } from '../../access/audience.ts'
import type { CodedError } from '../../platform/errors.ts'
import type { Article, ArticleContent } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { type ArticleFinding, findingsIn, kindsOf } from './findings.ts'

type LockDeps = Pick<ArticleDeps, 'waivers' | 'identifiers'>

/** The personal data in a text of an article that nobody has waived. What was redacted is no longer in it. */
export async function openFindings(
  { waivers, identifiers }: LockDeps,
  articleId: string,
  content: ArticleContent,
): Promise<ArticleFinding[]> {
  const findings = findingsIn(articleId, content, { identifiers })
  if (findings.length === 0) return []
  const waived = await waivers.of(articleId)
  return findings.filter(({ id }) => !waived.has(id))
}

/** The error of an article whose personal data keeps it from an audience: the kind and place of each finding. */
export function refusePersonalData(
  id: string,
  audience: Audience,
  findings: readonly ArticleFinding[],
): CodedError {
  return articleErrors.ARTICLE_PERSONAL_DATA({
    id,
    audience,
    kinds: kindsOf(findings).join(', '),
    errors: findings,
  })
}

/**
 * Refuses an edit that brings personal data into what more than the company may see. What was in the text before it
 * stays as it is.
 *
 * @throws CodedError ARTICLE_PERSONAL_DATA
 */
export async function requireNoNewFindings(
  deps: LockDeps,
  before: Article,
  content: ArticleContent,
): Promise<void> {
  if (before.audience === 'internal') return
  const open = await openFindings(deps, before.id, content)
  if (open.length === 0) return
  const { identifiers } = deps
  const known = new Set(findingsIn(before.id, before, { identifiers }).map(({ id }) => id))
  const added = open.filter(({ id }) => !known.has(id))
  if (added.length > 0) throw refusePersonalData(before.id, before.audience, added)
}
