import { system } from '../../access/actor.ts'
import { isoNow } from '../../platform/clock.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { readerOf } from '../readable-articles.ts'
import { followSource, type Source } from './follow-source.ts'
import { passageId, passagesOf, sourceOf } from './link-translation.ts'

/** Keeps the translations of an article in step with an edit, in the transaction in progress. */
export async function keepTranslations(
  deps: ArticleDeps,
  article: Pick<Article, 'id' | 'title'>,
): Promise<{ follow(after: Article, isSignificant: boolean): Promise<number> }> {
  const ids = await deps.translations.translationsOf(article.id)
  const before: Source | undefined = ids.length === 0 ? undefined : await sourceOf(deps, article)
  return {
    /** @returns how many translations the edit made stale */
    async follow(after, isSignificant) {
      if (before === undefined) return 0
      const edit = {
        before,
        after: await sourceOf(deps, after),
        since: isSignificant ? isoNow(deps.clock) : undefined,
      }
      let stale = 0
      for (const id of ids) {
        // Whoever saves a passage holds this lock, too.
        const translation = await deps.articles.requireForChange(id, readerOf(system))
        const passages = await passagesOf(deps, translation, before)
        const followed = followSource(passages, edit, () => passageId(deps))
        if (JSON.stringify(followed) === JSON.stringify(passages)) continue
        await deps.translations.replacePassages(id, followed)
        if (followed.some(({ since }) => since !== undefined && since === edit.since)) stale++
      }
      return stale
    },
  }
}
