import type { Actor } from '../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { isoNow } from '../../platform/clock.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article, Confidence } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import type { ArticlePublished } from '../events.ts'
import { indexArticle } from '../index-article.ts'
import { mergeErrors } from '../merges/errors.ts'
import { readerOf } from '../readable-articles.ts'
import { type ArticleRights, requireRights } from '../rights/article-rights.ts'
import { type Governance, governanceOf } from '../rights/governance.ts'
import { publicationRefusals } from './refusals.ts'

interface StateChange {
  readonly id: string
  readonly confidence: Confidence
  /** As it is, if absent. */
  readonly audience?: Audience
  /** The article may be shown to more people than the posts that it cites. */
  readonly confirmWiderAudience?: boolean
  /** The revision that the caller read; without one, the latest changes. */
  readonly revision?: number
  readonly actor: Actor
}

type State = Pick<Article, 'confidence' | 'audience'>

/**
 * Moves an article to another confidence or audience, from any to any. Each move is a revision; one to where the article
 * is already changes nothing. What is validated is found by the next search, and nothing else is.
 *
 * An article may be shown to the readers of all that it was made from: its thread and the cited posts. For a wider
 * audience the publisher must confirm; the audit log records it. Those others see neither citations nor authors nor
 * the thread.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_CONFLICT, ARTICLE_MERGED, ARTICLE_NEEDS_…; where it is validated or its audience grows,
 *   also ARTICLE_INCOMPLETE, THREAD_PROTECTED, ARTICLE_AUDIENCE_WIDER, ARTICLE_PERSONAL_DATA, ARTICLE_APPROVAL_NEEDED
 */
export async function setState(deps: ArticleDeps, change: StateChange): Promise<Article> {
  const { id, confidence, revision, actor } = change
  return deps.db.transaction(async () => {
    const before = await deps.articles.requireForChange(id, readerOf(actor), revision)
    const next = { confidence, audience: change.audience ?? before.audience }
    if (before.confidence === confidence && before.audience === next.audience) return before
    const merge = before.confidence === 'archived' ? await deps.merges.find(id) : undefined
    if (merge !== undefined) throw mergeErrors.ARTICLE_MERGED({ id, into: merge.into })
    const governance = await governanceOf(deps, before)
    requireRights(actor, before, governance, rightsFor(before, next))
    const widerThan = await requireShowable(deps, change, { before, next, governance })
    const isPublished = confidence === 'validated'
    const publishedAt = isPublished ? isoNow(deps.clock) : before.publishedAt
    const after = await deps.articles.change({ ...before, ...next, publishedAt }, actor)
    await indexArticle(deps, after)
    await appendArticleChanged(deps, after)
    await deps.audit.record(ACTIONS[confidence], actor, id, {
      before: audited(before),
      after: { ...audited(after), widerThan },
    })
    if (isPublished) await appendPublished(deps, after)
    return after
  })
}

const ACTIONS: Readonly<Record<Confidence, string>> = {
  wip: 'article.state-changed',
  not_validated: 'article.state-changed',
  validated: 'article.published',
  archived: 'article.archived',
}

/** What somebody must be entitled to for a move. */
function rightsFor(before: State, next: State): Exclude<keyof ArticleRights, 'approve'>[] {
  const touches = (confidence: Confidence) => [before, next].some((each) => each.confidence === confidence)
  const needed: ReturnType<typeof rightsFor> = []
  if (next.audience !== before.audience) needed.push('widen')
  if (before.confidence === next.confidence) return needed
  if (touches('archived')) needed.push('archive')
  if (touches('validated')) needed.push('validate')
  return needed.length === 0 ? ['edit'] : needed
}

/**
 * Refuses to show an article to readers who did not see it before, while anything stands against it.
 *
 * @returns the audience of what it cites, where the publisher confirmed a wider one
 */
async function requireShowable(
  deps: ArticleDeps,
  { confirmWiderAudience }: StateChange,
  {
    before,
    next,
    governance,
  }: { readonly before: Article; readonly next: State; readonly governance: Governance },
): Promise<Audience | undefined> {
  const isShown = next.confidence === 'validated'
  const grows = AUDIENCES.indexOf(next.audience) > AUDIENCES.indexOf(before.audience)
  if (!grows && (!isShown || before.confidence === 'validated')) return undefined
  const { audience } = next
  const refusals = await publicationRefusals(deps, { article: before, content: before, audience, governance })
  const refused = refusals.find(
    ({ confirm, missing }) =>
      // What nobody is shown yet may still lack something.
      !(missing !== undefined && !isShown) && !(confirm !== undefined && confirmWiderAudience === true),
  )
  if (refused !== undefined) throw refused.error
  return refusals.find(({ permitted }) => permitted !== undefined)?.permitted
}

/** What a move changes of an article, for the audit log. */
function audited({ revision, confidence, audience }: Article): object {
  return { revision, confidence, audience }
}

async function appendPublished(
  { outbox }: Pick<ArticleDeps, 'outbox'>,
  { id, revision }: Article,
): Promise<void> {
  const event: ArticlePublished = { type: 'article.published', articleId: id, revision }
  await outbox.append(event)
}
