import { plainText } from '../text/markdown.ts'

/** What a thread is classified by: its title, where it has one, and its question (Markdown) as plain text. */
export function threadText({
  title,
  question,
}: {
  readonly title: string
  readonly question: string
}): string {
  return [title.trim(), plainText(question)].filter((part) => part !== '').join('\n')
}
