import { fold } from '../text/terms/fold.ts'
import type { ArticleContent } from './article.ts'

/** Characters by which titles are ordered. */
const TITLE_KEY = 100

/** A run of letters and digits; a dot belongs to it only between two of them, as in `2.1` or `free.fr`. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:\.[\p{L}\p{N}\p{M}]+)*/gu

/** The words of a text as the list of articles compares them. */
export function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map(fold).filter((word) => word !== '')
}

/** What an article is filtered and ordered by, beside its state. */
export function articleWords({
  title,
  issue,
  environment,
  resolution,
  cause,
}: Omit<ArticleContent, 'language'>): { words: string; title_key: string } {
  const words = [title, issue, environment, resolution, cause].flatMap(wordsOf)
  return { words: words.join(' '), title_key: wordsOf(title).join(' ').slice(0, TITLE_KEY) }
}
