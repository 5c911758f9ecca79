import type { Actor } from '../../../access/actor.ts'
import { appendArticleChanged } from '../../append-changed.ts'
import { type Article, missingSections } from '../../article.ts'
import { promoteTogether } from '../../promotion/promote-together.ts'
import { archiveArticle } from '../../publication/publish-article.ts'
import { readerOf } from '../../readable-articles.ts'
import type { Candidate } from '../candidate.ts'
import type { CandidateDeps } from '../deps.ts'
import { candidateErrors } from '../errors.ts'
import type { Decision } from './decision-store.ts'

/** The article that a candidate became, and the revision that this promotion made, if it made one. */
interface PromotedCandidate {
  readonly articleId: string
  readonly revision?: number
}

/** Threads that a draft is made from. */
const MOST_THREADS = 20

/**
 * Makes one draft of the threads of a candidate; one that was archived when its promotion was undone is taken up again.
 * The one place where a candidate becomes an article. Threads that became another article are left out.
 *
 * @throws CodedError as {@link promoteTogether}
 */
export async function promoteCandidate(
  deps: CandidateDeps,
  { id, leadId }: Pick<Candidate, 'id' | 'leadId'>,
  actor: Actor,
): Promise<PromotedCandidate> {
  const members = (await deps.candidates.membersOf([id])).map(({ threadId }) => threadId)
  const known = await deps.articles.articleIdsOf([leadId, ...members])
  const others = members.filter((each) => each !== leadId && known.get(each) === known.get(leadId))
  const threadIds = [leadId, ...others.slice(0, MOST_THREADS - 1)]
  const { article, created } = await promoteTogether(deps, { threadIds, actor })
  if (created) return { articleId: article.id, revision: article.revision }
  if (article.confidence !== 'archived') return { articleId: article.id }
  const restored = await restore(deps, article, actor)
  return { articleId: restored.id, revision: restored.revision }
}

async function restore(deps: CandidateDeps, article: Article, actor: Actor): Promise<Article> {
  const confidence = missingSections(article).length > 0 ? 'wip' : 'not_validated'
  const restored = await deps.articles.change({ ...article, confidence }, actor)
  await appendArticleChanged(deps, restored)
  await deps.audit.record('article.restored', actor, article.id, {
    before: { revision: article.revision, confidence: article.confidence },
    after: { revision: restored.revision, confidence: restored.confidence },
  })
  return restored
}

/**
 * Archives the draft that a promotion made, as long as nobody worked on it.
 *
 * @throws CodedError CANDIDATE_ARTICLE_USED
 */
export async function withdrawDraft(
  deps: CandidateDeps,
  { articleId: id, promotedRevision: revision }: Pick<Decision, 'articleId' | 'promotedRevision'>,
  actor: Actor,
): Promise<void> {
  if (id === undefined) return
  if (revision === undefined) throw candidateErrors.CANDIDATE_ARTICLE_USED({ id })
  const article = await deps.articles.requireForChange(id, readerOf(actor))
  if (article.confidence === 'archived') return
  const { draft } = await deps.drafts.find(id)
  if (article.revision !== revision || draft !== undefined)
    throw candidateErrors.CANDIDATE_ARTICLE_USED({ id })
  await archiveArticle(deps, { id, revision, actor })
}
