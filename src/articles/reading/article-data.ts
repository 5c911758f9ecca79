import type { Article } from '../article.ts'
import { descriptionOf } from './describe-article.ts'

/** What an article is to search engines: a `TechArticle` of schema.org, without its context. */
export function articleData(
  article: Pick<
    Article,
    'title' | 'language' | 'issue' | 'resolution' | 'createdAt' | 'updatedAt' | 'publishedAt'
  >,
  {
    category,
    people,
    url,
  }: { readonly category?: string; readonly people: readonly string[]; readonly url?: string },
): object {
  const { title, language, createdAt, updatedAt, publishedAt } = article
  return {
    '@type': 'TechArticle',
    headline: title,
    description: descriptionOf(article),
    inLanguage: language,
    datePublished: publishedAt ?? createdAt,
    dateModified: updatedAt,
    articleSection: category,
    author: people.length === 0 ? undefined : people.map((name) => ({ '@type': 'Person', name })),
    url,
  }
}
