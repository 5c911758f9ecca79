import type { Audience } from '../access/audience.ts'
import { findPersonalData, type PersonalDataOptions } from '../text/personal-data/find-personal-data.ts'
import type { PersonalDataKind } from '../text/personal-data/finding.ts'
import { findInMarkdown } from '../text/personal-data/redact.ts'
import type { ArticleContent } from './article.ts'
import { articleErrors } from './errors.ts'

/** Personal data in an article: what and where, and not the data itself. */
interface ArticleFinding {
  readonly where: (typeof SECTIONS)[number]
  readonly kind: PersonalDataKind
  /** `[start, end)` in UTF-16 units of the section as it is stored. */
  readonly start: number
  readonly end: number
}

const SECTIONS = ['title', 'issue', 'environment', 'resolution', 'cause'] as const
/** Circles in which not everybody works for the company. */
const OUTSIDE: readonly Audience[] = ['customer', 'public']

interface Showing {
  readonly id: string
  readonly audience: Audience
  readonly content: ArticleContent
  /** What that audience is shown already. */
  readonly shown?: ArticleContent
}

/**
 * Keeps an article from customers and the public while it holds personal data that they are not shown already.
 *
 * @throws CodedError ARTICLE_PERSONAL_DATA, with what was found where
 */
export function requireNoPersonalData(
  { id, audience, content, shown }: Showing,
  options: PersonalDataOptions,
): void {
  if (!OUTSIDE.includes(audience)) return
  const known = new Set(shown === undefined ? [] : [...dataOf(shown, options)].map(({ data }) => data))
  const found = [...dataOf(content, options)].filter(({ data }) => !known.has(data))
  if (found.length === 0) return
  const kinds = [...new Set(found.map(({ finding }) => finding.kind))].join(', ')
  throw articleErrors.ARTICLE_PERSONAL_DATA({
    id,
    audience,
    kinds,
    errors: found.map(({ finding }) => finding),
  })
}

function* dataOf(
  content: ArticleContent,
  options: PersonalDataOptions,
): Generator<{ readonly finding: ArticleFinding; readonly data: string }> {
  for (const where of SECTIONS) {
    const text = content[where]
    const findings = where === 'title' ? findPersonalData(text, options) : findInMarkdown(text, options)
    for (const finding of findings)
      yield { finding: { where, ...finding }, data: text.slice(finding.start, finding.end) }
  }
}
