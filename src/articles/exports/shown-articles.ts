import type { Audience } from '../../access/audience.ts'
import { CATEGORY } from '../../labels/facet.ts'
import type { Article } from '../article.ts'
import type { CitationView } from '../citation.ts'
import type { Author } from '../citation-store.ts'
import type { ArticleDeps } from '../deps.ts'

/** An article as an audience sees it. */
export interface ShownArticle {
  readonly article: Article
  readonly citations: readonly CitationView[]
  readonly authors: readonly Author[]
  /** Its thread's category, or else the section that it was imported from. */
  readonly category?: string
  /** What it shares with its translations. */
  readonly translationGroup?: string
}

const CHUNK = 100

/** Articles by id: those published for an audience, or all that there are. */
export async function* eachArticle(
  { articles }: Pick<ArticleDeps, 'articles'>,
  { audience, language }: { readonly audience?: Audience; readonly language?: string },
): AsyncGenerator<Article> {
  const reader = { audience: audience ?? 'internal', seesDrafts: audience === undefined } as const
  for (let after = ''; ; ) {
    const chunk = await articles.readableAfter(after, { reader, language, limit: CHUNK })
    yield* chunk
    const last = chunk.at(-1)
    if (last === undefined) return
    after = last.id
  }
}

/** What an audience sees of an article; without one, what colleagues who work on articles see. */
export async function showArticle(
  deps: Pick<ArticleDeps, 'citations' | 'threadLabels' | 'origins' | 'credits' | 'translations'>,
  { threadId, ...article }: Article,
  audience?: Audience,
): Promise<ShownArticle> {
  const { id } = article
  const labels =
    threadId === undefined ? [] : ((await deps.threadLabels.labelsOf([threadId])).get(threadId) ?? [])
  const origin = await deps.origins.ofArticle(id)
  const category = labels.find(({ facet }) => facet === CATEGORY)?.label ?? origin?.section
  const reader = audience ?? 'internal'
  const isNamed = audience === undefined || (await deps.credits.find()) === 'shown'
  const cited = await deps.citations.of(id, reader)
  const imported = origin?.translationGroup
  const originalId = await deps.translations.originalOf(id)
  const isLinked = originalId !== undefined || (await deps.translations.translationsOf(id)).length > 0
  return {
    article,
    citations: isNamed ? cited : cited.map((citation) => ({ ...citation, author: undefined })),
    authors: isNamed ? await deps.citations.authors(id, reader) : [],
    category,
    translationGroup: isLinked ? (originalId ?? id) : imported && `${origin?.source}\n${imported}`,
  }
}
