import type { Audience } from '../access/audience.ts'
import { type Article, type ArticleContent, type Confidence, contentOf } from './article.ts'
import { articleWords } from './article-words.ts'

export interface ArticleRow extends ArticleContent {
  id: string
  thread_id: string | null
  confidence: Confidence
  audience: Audience
  revision: number
  created_by: string | null
  created_at: string
  updated_at: string
  published_at: string | null
  words: string
  title_key: string
  /** Changed by the store of uses alone. */
  uses: number
}

/** An article as its table holds it, with the words that it is found by. */
export function toRow(article: Article): Omit<ArticleRow, 'uses'> {
  return {
    ...contentOf(article),
    id: article.id,
    thread_id: article.threadId ?? null,
    confidence: article.confidence,
    audience: article.audience,
    revision: article.revision,
    created_by: article.createdBy ?? null,
    created_at: article.createdAt,
    updated_at: article.updatedAt,
    published_at: article.publishedAt ?? null,
    ...articleWords(article),
  }
}

export function toArticle(row: ArticleRow): Article {
  return {
    ...contentOf(row),
    id: row.id,
    threadId: row.thread_id ?? undefined,
    confidence: row.confidence,
    audience: row.audience,
    revision: row.revision,
    createdBy: row.created_by ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    publishedAt: row.published_at ?? undefined,
  }
}
