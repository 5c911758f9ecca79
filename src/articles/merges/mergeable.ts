import type { Actor } from '../../access/actor.ts'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { CodedError } from '../../platform/errors.ts'
import { type Article, type ArticleContent, contentOf } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { requireNoNewFindings } from '../privacy/privacy-lock.ts'
import { findLockOn, refuseLocked } from '../require-released.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { mergeErrors } from './errors.ts'
import { type JoinedArticles, joinArticles } from './join-articles.ts'
import type { MoveStore } from './move-store.ts'

export type MergeDeps = ArticleDeps & { readonly moves: MoveStore }

/** Two articles, of which one is to become part of the other. */
export interface Pair {
  readonly article: Article
  readonly into: Article
}

/** Why a merge is refused. */
export interface MergeRefusal {
  readonly error: CodedError
  /** The field of the request that lifts it, where whoever merges has checked it. */
  readonly confirm?: 'confirmWiderAudience'
}

/**
 * Whether an actor may merge an article into another one.
 *
 * @returns whether it is merged into it already
 * @throws CodedError ARTICLE_MERGE_ITSELF, ARTICLE_MERGED, ARTICLE_MERGE_CYCLE, ARTICLE_MERGE_LANGUAGES,
 *   ARTICLE_MERGE_TRANSLATED, ARTICLE_ARCHIVED, ARTICLE_NEEDS_…
 */
export async function requireMergeable(
  deps: MergeDeps,
  { article, into }: Pair,
  actor: Actor,
): Promise<boolean> {
  const ids = { id: article.id, into: into.id }
  if (article.id === into.id) throw mergeErrors.ARTICLE_MERGE_ITSELF(ids)
  const before = await deps.merges.find(article.id)
  if (before?.into === into.id) return true
  if (before !== undefined) throw mergeErrors.ARTICLE_MERGED({ id: article.id, into: before.into })
  const target = await deps.merges.find(into.id)
  if (target !== undefined && (await deps.merges.finalOf(into.id)) === article.id)
    throw mergeErrors.ARTICLE_MERGE_CYCLE(ids)
  if (target !== undefined) throw mergeErrors.ARTICLE_MERGED({ id: into.id, into: target.into })
  if (into.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id: into.id })
  if (article.language !== into.language) throw mergeErrors.ARTICLE_MERGE_LANGUAGES(ids)
  const isTranslated =
    (await deps.translations.originalOf(article.id)) !== undefined ||
    (await deps.translations.translationsOf(article.id)).length > 0
  if (isTranslated) throw mergeErrors.ARTICLE_MERGE_TRANSLATED(ids)
  requireRights(actor, article, await governanceOf(deps, article), ['archive'])
  requireRights(actor, into, await governanceOf(deps, into), ['edit'])
  return false
}

/** What the article would be after a merge. @throws CodedError PASSAGE_NOT_FOUND */
export async function joinPair(
  { passages }: Pick<ArticleDeps, 'passages'>,
  { article, into }: Pair,
  left: readonly string[],
): Promise<JoinedArticles> {
  const own = await passages.of(article.id)
  const unknown = left.find((id) => !own.some((passage) => passage.id === id))
  if (unknown !== undefined) throw articleErrors.PASSAGE_NOT_FOUND({ id: article.id, passage: unknown })
  return joinArticles(
    { content: contentOf(into), passages: await passages.of(into.id) },
    { content: contentOf(article), passages: own },
    new Set(left),
  )
}

/**
 * What keeps text and evidence of an article from the readers of the other: a lock, those who may not see it, personal
 * data. Brings the protections of its threads up to date.
 */
export async function mergeRefusals(
  deps: MergeDeps,
  { article, into }: Pair,
  content: ArticleContent,
): Promise<MergeRefusal[]> {
  if (into.audience === 'internal') return []
  const refusals: MergeRefusal[] = []
  const lock = await findLockOn(deps, article)
  if (lock !== undefined) refusals.push({ error: refuseLocked(lock) })
  const isSame = (Object.keys(content) as (keyof ArticleContent)[]).every((key) => content[key] === into[key])
  if (isSame) return refusals
  const permitted = narrower(article.audience, await deps.citations.permittedAudience(article.id))
  if (isWider(into.audience, permitted))
    refusals.push({
      error: mergeErrors.ARTICLE_MERGE_WIDER({ id: article.id, into: into.id, permitted }),
      confirm: 'confirmWiderAudience',
    })
  try {
    await requireNoNewFindings(deps, into, content)
  } catch (error) {
    if (!(error instanceof CodedError)) throw error
    refusals.push({ error })
  }
  return refusals
}

function isWider(one: Audience, other: Audience): boolean {
  return AUDIENCES.indexOf(one) > AUDIENCES.indexOf(other)
}

function narrower(one: Audience, other: Audience): Audience {
  return isWider(one, other) ? other : one
}
