import { plainText } from '../../text/markdown/plain-text.ts'
import type { Article } from '../article.ts'

const LONGEST_DESCRIPTION = 155

/** The first words of an article's issue, for search engines and results; of its resolution, where the issue says what the title does. */
export function descriptionOf(article: Pick<Article, 'title' | 'issue' | 'resolution'>): string {
  const issue = repeatsTitle(article) ? '' : plainText(article.issue)
  return shortened(issue || plainText(article.resolution))
}

/** Whether an article's issue is no more than its title, as in articles imported from a system without issues. */
export function repeatsTitle({ title, issue }: Pick<Article, 'title' | 'issue'>): boolean {
  return plainText(issue).trim() === title.trim()
}

/** The first words of a text, as a description holds them. */
export function shortened(plain: string): string {
  const text = plain.replace(/\s+/g, ' ')
  if (text.length <= LONGEST_DESCRIPTION) return text
  const cut = [...text.slice(0, 2 * LONGEST_DESCRIPTION)].slice(0, LONGEST_DESCRIPTION).join('')
  return `${cut.replace(/\s\S*$/, '')}…`
}
