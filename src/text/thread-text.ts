import { plainText } from './markdown/plain-text.ts'
import { withoutPlaceholders } from './personal-data/finding.ts'

/** The classifier reads no further; turning hostile Markdown of any length into text would only cost time. */
const LONGEST_QUESTION = 20_000

/** What a thread is classified by: its title, where it has one, and its question (Markdown) as plain text. */
export function threadText({
  title,
  question,
}: {
  readonly title: string
  readonly question: string
}): string {
  return [title, plainText(question.slice(0, LONGEST_QUESTION))]
    .map((part) => withoutPlaceholders(part).trim())
    .filter((part) => part !== '')
    .join('\n')
}
