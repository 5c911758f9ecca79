import type { Actor } from '../../access/actor.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { indexUsed } from '../phrasings/phrasing-jobs.ts'
import { readerOf } from '../readable-articles.ts'
import type { Use, UseKind } from './use.ts'

/**
 * Notes that an article was used to answer something. The same use counts once, whoever names it.
 *
 * @throws CodedError ARTICLE_NOT_FOUND, THREAD_NOT_FOUND
 */
export async function countUse(
  deps: ArticleDeps,
  {
    id,
    kind,
    reference,
    actor,
  }: { readonly id: string; readonly kind: UseKind; readonly reference: string; readonly actor: Actor },
): Promise<{ readonly use: Use; readonly created: boolean }> {
  return deps.db.transaction(async () => {
    const { id: articleId } = await deps.articles.require(id, readerOf(actor))
    if (kind === 'thread') await deps.threads.require(reference, actor.audience)
    const added = await deps.uses.add({ articleId, kind, reference }, actor)
    if (added !== undefined) {
      if (kind === 'thread') await indexUsed(deps, articleId)
      await deps.audit.record('article.used', actor, articleId, { after: { use: added.id, kind, reference } })
      return { use: added, created: true }
    }
    const use = await deps.uses.find(articleId, kind, reference)
    // Between the two, whoever counted it took it back.
    if (use === undefined) return countUse(deps, { id, kind, reference, actor })
    return { use, created: false }
  })
}

/** Takes back a use that the actor counted. @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_USE_NOT_FOUND */
export async function takeBackUse(
  deps: ArticleDeps,
  { id, useId, actor }: { readonly id: string; readonly useId: string; readonly actor: Actor },
): Promise<void> {
  await deps.db.transaction(async () => {
    await deps.articles.require(id, readerOf(actor))
    if (!(await deps.uses.remove(id, useId, actor.id)))
      throw articleErrors.ARTICLE_USE_NOT_FOUND({ id, use: useId })
    await indexUsed(deps, id)
    await deps.audit.record('article.use-removed', actor, id, { before: { use: useId } })
  })
}
