import type { Actor } from '../../access/actor.ts'
import type { Article, Confidence } from '../article.ts'
import { applyEdit } from '../edit-article.ts'
import { editPassages } from '../passages/edit-passages.ts'
import { publicationRefusals } from '../publication/refusals.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { mergeErrors } from './errors.ts'
import { announce, type MergeArticleDeps, requirePair } from './merge-article.ts'
import type { StateBefore } from './merge-store.ts'

/**
 * Undoes a merge: the article is what it was, with its threads and what else moved and is still there. The other article
 * says what it said before; one that somebody edited since keeps its text. An article that may no longer be published
 * comes back without being validated; one whose merge was imported stays archived.
 *
 * @returns the article
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NOT_MERGED, ARTICLE_MERGED, ARTICLE_NEEDS_…
 */
export async function unmergeArticle(
  deps: MergeArticleDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<Article> {
  return deps.db.transaction(async () => {
    await deps.candidates.lock()
    await deps.articles.require(id, readerOf(actor))
    const merge = await deps.merges.find(id)
    if (merge === undefined) throw mergeErrors.ARTICLE_NOT_MERGED({ id })
    const { article, into } = await requirePair(deps, { id, into: merge.into, actor })
    const next = await deps.merges.find(into.id)
    if (next !== undefined) throw mergeErrors.ARTICLE_MERGED({ id: into.id, into: next.into })
    const before = await deps.merges.stateBefore(id)
    const right = before?.confidence === 'validated' ? 'validate' : 'archive'
    requireRights(actor, article, await governanceOf(deps, article), ['archive', right])

    await deps.candidates.followBack(into.id, id, {
      candidate: await deps.moves.noted(id, 'candidate'),
      outcome: await deps.moves.noted(id, 'outcome'),
    })
    await deps.moves.moveBack(id, into.id)
    await deps.merges.remove(id)
    const keepsText =
      before === undefined || into.revision !== before.into.after || into.confidence === 'archived'
    const other = keepsText ? into : await restoreText(deps, into, before, actor)
    const back = before === undefined ? article : await restoreState(deps, article, before, actor)
    await announce(deps, { article: back, into: other })
    await deps.audit.record('article.unmerged', actor, id, {
      before: { into: into.id, intoRevision: into.revision },
      after: { confidence: back.confidence, intoRevision: other.revision, keepsText },
    })
    return back
  })
}

async function restoreText(
  deps: MergeArticleDeps,
  into: Article,
  { into: { before: number, passages } }: StateBefore,
  actor: Actor,
): Promise<Article> {
  const { id, revision } = into
  if (number === revision) {
    await editPassages(deps, { article: into, passages, actor })
    return into
  }
  const { content } = await deps.revisions.require(id, number, actor.audience)
  return applyEdit(deps, { id, revision, change: content, passages, restores: number, actor })
}

async function restoreState(
  deps: MergeArticleDeps,
  article: Article,
  { confidence, threadId }: StateBefore,
  actor: Actor,
): Promise<Article> {
  const back = { ...article, threadId }
  return deps.articles.change({ ...back, confidence: await showable(deps, back, confidence) }, actor)
}

/** What was validated stays so unless something has come up that would keep it from being published now. */
async function showable(
  deps: MergeArticleDeps,
  article: Article,
  confidence: Confidence,
): Promise<Confidence> {
  if (confidence !== 'validated') return confidence
  const { audience } = article
  const governance = await governanceOf(deps, article)
  const refusals = await publicationRefusals(deps, { article, content: article, audience, governance })
  return refusals.some(({ confirm }) => confirm === undefined) ? 'not_validated' : 'validated'
}
