import type { Actor } from '../../access/actor.ts'
import { type Article, type ArticleContent, contentOf } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { articleErrors } from '../errors.ts'
import { readerOf } from '../readable-articles.ts'
import { requireRights } from '../rights/article-rights.ts'
import { governanceOf } from '../rights/governance.ts'
import { translationErrors } from './errors.ts'
import type { Source } from './follow-source.ts'
import { passagesOf, sourceOf } from './link-translation.ts'
import type { PassageLock } from './lock-store.ts'
import { type Addition, placePassages } from './place-passages.ts'
import type { TranslatedPassage } from './translated-passage.ts'

/** A translation as whoever works on it finds it. */
export interface OpenTranslation {
  readonly translation: Article
  readonly original: Article
  readonly source: Source
  /** Its text: the draft's where there is one. */
  readonly content: ArticleContent
  readonly draft: {
    readonly version: number
    readonly basedOn: number
    readonly savedBy?: { readonly id: string }
  }
  readonly passages: readonly TranslatedPassage[]
  readonly additions: readonly Addition[]
  readonly locks: ReadonlyMap<string, PassageLock>
}

/**
 * Opens a translation for whoever may edit it and see its original.
 *
 * @param forChange in the transaction in progress, which then locks the translation
 * @throws CodedError ARTICLE_NOT_FOUND, ARTICLE_NEEDS_…, ARTICLE_ARCHIVED, ARTICLE_DRAFT_FORBIDDEN, TRANSLATION_NOT_FOUND
 */
export async function openTranslation(
  deps: ArticleDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
  { forChange = false }: { readonly forChange?: boolean } = {},
): Promise<OpenTranslation> {
  const reader = readerOf(actor)
  const translation = await (forChange
    ? deps.articles.requireForChange(id, reader)
    : deps.articles.require(id, reader))
  const originalId = await deps.translations.originalOf(id)
  if (originalId === undefined || !(await deps.articles.visibleAmong([originalId], reader)).has(originalId))
    throw translationErrors.TRANSLATION_NOT_FOUND({ id })
  if (translation.confidence === 'archived') throw articleErrors.ARTICLE_ARCHIVED({ id })
  requireRights(actor, translation, await governanceOf(deps, translation), ['edit'])
  if (!(await deps.drafts.isOpenTo(id, actor.audience))) throw articleErrors.ARTICLE_DRAFT_FORBIDDEN({ id })
  const original = await deps.articles.require(originalId, reader)
  const source = await sourceOf(deps, original)
  const stored = forChange
    ? await passagesOf(deps, translation, source)
    : await passagesAtRest(deps, translation, { source, actor })
  const { version, draft } = await deps.drafts.find(id)
  const content = draft?.content ?? contentOf(translation)
  return {
    translation,
    original,
    source,
    content,
    draft: { version, basedOn: draft?.basedOn ?? translation.revision, savedBy: draft?.savedBy },
    ...placePassages(stored, content),
    locks: await deps.locks.of(id),
  }
}

/** The passages of a translation that is not locked. */
async function passagesAtRest(
  deps: ArticleDeps,
  translation: Article,
  { source, actor }: { readonly source: Source; readonly actor: Actor },
): Promise<readonly TranslatedPassage[]> {
  const stored = await deps.translations.passagesOf(translation.id)
  if (stored.length > 0) return stored
  return deps.db.transaction(async () =>
    passagesOf(deps, await deps.articles.requireForChange(translation.id, readerOf(actor)), source),
  )
}

/** @throws CodedError TRANSLATION_PASSAGE_NOT_FOUND */
export function requirePassage({ passages, translation }: OpenTranslation, id: string): TranslatedPassage {
  const passage = passages.find((each) => each.id === id)
  if (passage === undefined)
    throw translationErrors.TRANSLATION_PASSAGE_NOT_FOUND({ id: translation.id, passage: id })
  return passage
}

/** What the original says now where a passage stands; undefined where it says nothing there. */
export function sourceText(
  { source }: Pick<OpenTranslation, 'source'>,
  passage: TranslatedPassage,
): string | undefined {
  if (passage.section === 'title') return source.title
  return source.passages.find(({ id }) => id === passage.sourceId)?.text
}
