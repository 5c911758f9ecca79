import type { Actor } from '../../access/actor.ts'
import { appendArticleChanged } from '../append-changed.ts'
import type { Article } from '../article.ts'
import type { CandidateStore } from '../candidates/candidate-store.ts'
import { applyEdit } from '../edit-article.ts'
import { indexArticle } from '../index-article.ts'
import { editPassages } from '../passages/edit-passages.ts'
import { readerOf } from '../readable-articles.ts'
import { mergeErrors } from './errors.ts'
import { joinPair, type MergeDeps, mergeRefusals, type Pair, requireMergeable } from './mergeable.ts'

export type MergeArticleDeps = MergeDeps & {
  readonly candidates: Pick<CandidateStore, 'lock' | 'follow' | 'followBack'>
}

/** The revisions of two articles of which somebody saw what a merge would do. */
export interface PreviewedRevisions {
  readonly article: number
  readonly into: number
}

interface Merge {
  readonly id: string
  readonly into: string
  readonly reason: string
  /** Ids of passages that are not taken over. */
  readonly leave?: readonly string[]
  /** More people may see what is added than could before. */
  readonly confirmWiderAudience?: boolean
  readonly previewed: PreviewedRevisions
  readonly actor: Actor
}

/**
 * Merges an article into another one, which then says what both said, rests on the posts of both and has the threads,
 * uses, feedback, reports and credits of both; its title, audience and owner stay. The merged article is archived, and
 * its addresses lead to the other. Merging again changes nothing.
 *
 * @returns the merged article
 * @throws CodedError ARTICLE_NOT_FOUND, PASSAGE_NOT_FOUND, ARTICLE_MERGE_…, ARTICLE_MERGED, ARTICLE_ARCHIVED,
 *   ARTICLE_NEEDS_…, THREAD_PROTECTED, ARTICLE_PERSONAL_DATA
 */
export async function mergeArticle(
  deps: MergeArticleDeps,
  { id, into: intoId, reason, leave = [], confirmWiderAudience, previewed, actor }: Merge,
): Promise<Article> {
  return deps.db.transaction(async () => {
    // Before the articles, as whoever decides on candidates takes them.
    await deps.candidates.lock()
    const pair = await requirePair(deps, { id, into: intoId, actor })
    const { article, into } = pair
    if (await requireMergeable(deps, pair, actor)) return article
    if (article.revision !== previewed.article || into.revision !== previewed.into)
      throw mergeErrors.ARTICLE_MERGE_STALE({ id, into: intoId })
    const { content, passages } = await joinPair(deps, pair, leave)
    const refused = (await mergeRefusals(deps, pair, content)).find(
      ({ confirm }) => confirm === undefined || confirmWiderAudience !== true,
    )
    if (refused !== undefined) throw refused.error

    const passagesBefore = await deps.passages.of(into.id)
    await deps.moves.move(id, into.id)
    const edit = { id: into.id, revision: into.revision, change: content, passages, actor }
    const after = await applyEdit(deps, edit)
    if (after.revision === into.revision) await editPassages(deps, { article: after, passages, actor })
    const archived = await deps.articles.change(
      { ...article, confidence: 'archived', threadId: undefined },
      actor,
    )
    await deps.merges.add(
      {
        articleId: id,
        into: into.id,
        reason,
        before: {
          confidence: article.confidence,
          threadId: article.threadId,
          revision: archived.revision,
          into: { before: into.revision, after: after.revision, passages: passagesBefore },
        },
      },
      actor,
    )
    for (const [kind, ids] of Object.entries(await deps.candidates.follow(id, into.id)))
      await deps.moves.note(id, kind as 'candidate' | 'outcome', ids)
    await announce(deps, { article: archived, into: after })
    await deps.audit.record('article.merged', actor, id, {
      before: { revision: article.revision, confidence: article.confidence },
      after: {
        into: into.id,
        intoRevision: after.revision,
        reason,
        widened: confirmWiderAudience === true ? into.audience : undefined,
      },
    })
    return archived
  })
}

/** Both articles, locked in one order, so that two merges never wait for each other. @throws CodedError ARTICLE_NOT_FOUND */
export async function requirePair(
  deps: MergeDeps,
  { id, into, actor }: { readonly id: string; readonly into: string; readonly actor: Actor },
): Promise<Pair> {
  const reader = readerOf(actor)
  const locked = new Map<string, Article>()
  for (const each of [...new Set([id, into])].sort())
    locked.set(each, await deps.articles.requireForChange(each, reader))
  return { article: locked.get(id)!, into: locked.get(into)! }
}

/** Puts both in search as they are now, and appends that they changed. */
export async function announce(deps: MergeDeps, { article, into }: Pair): Promise<void> {
  for (const each of [article, into]) {
    await indexArticle(deps, each)
    await appendArticleChanged(deps, each)
  }
}
