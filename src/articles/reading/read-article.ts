import type { Audience } from '../../access/audience.ts'
import type { Article } from '../article.ts'
import type { ArticleDeps } from '../deps.ts'
import { asListed, type ListedArticle, type PublishedArticles } from './published-articles.ts'

/** A published article with all that its page says, as an audience may see it. */
export interface ReadableArticle {
  readonly article: Article
  /** Names of the members whose posts it rests on; none where the company hides them. */
  readonly helpers: readonly string[]
  readonly category?: string
  /** When somebody last found it right: published it, or checked it since. */
  readonly checkedAt: string
  /** The article and its translations, by language. */
  readonly translations: ReadonlyMap<string, ListedArticle>
}

export type ReadingDeps = Pick<
  ArticleDeps,
  'citations' | 'credits' | 'translations' | 'merges' | 'checks'
> & {
  readonly published: PublishedArticles
}

interface Wanted {
  readonly id: string
  readonly reader: Audience
}

/** Reads a published article; undefined where there is none that the reader may see. */
export async function readArticle(
  { published, citations, credits, translations, checks }: ReadingDeps,
  { id, reader }: Wanted,
): Promise<ReadableArticle | undefined> {
  const article = await published.find(id, reader)
  if (article === undefined) return undefined
  const isNamed = (await credits.find()) === 'shown'
  const authors = isNamed ? await citations.authors(id, reader) : []
  const group = await translations.groupOf(id, { audience: reader, seesDrafts: false })
  const ids = group.map((each) => each.id)
  const listed = ids.length > 1 ? await published.listed(ids, reader) : [asListed(article)]
  return {
    article,
    helpers: authors.map(({ name }) => name),
    checkedAt: latest(article.publishedAt ?? article.updatedAt, (await checks.last(id))?.at),
    category: (await published.categoriesOf([id])).get(id),
    translations: new Map(listed.map((each) => [each.language, each])),
  }
}

function latest(published: string, checked: string | undefined): string {
  return checked === undefined || checked < published ? published : checked
}

/**
 * What became of an article that this reader could read once and no longer can: what it was merged into, where the reader
 * may see that, or `gone`. Undefined where there never was such an article for the reader.
 */
export async function findFormer(
  { published, merges }: ReadingDeps,
  { id, reader }: Wanted,
): Promise<Article | 'gone' | undefined> {
  if (!(await published.wasArchived(id, reader))) return undefined
  return (await published.find(await merges.finalOf(id), reader)) ?? 'gone'
}
