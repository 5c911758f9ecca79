import type { Audience } from '../access/audience.ts'
import { findPersonalData, type PersonalDataOptions } from '../text/personal-data/find-personal-data.ts'
import type { PersonalDataKind } from '../text/personal-data/finding.ts'
import { findInMarkdown } from '../text/personal-data/redact.ts'
import type { ArticleContent } from './article.ts'
import { articleErrors } from './errors.ts'

/** Personal data in an article: its kind and place, without the data itself. */
export interface ArticleFinding {
  readonly where: (typeof SECTIONS)[number]
  readonly kind: PersonalDataKind
  /** `[start, end)` in UTF-16 units of the section as it is stored. */
  readonly start: number
  readonly end: number
}

const SECTIONS = ['title', 'issue', 'environment', 'resolution', 'cause'] as const
/** Audiences with people who do not work for the company or a partner. */
const OUTSIDE: readonly Audience[] = ['customer', 'public']

interface DraftForAudience {
  readonly id: string
  readonly audience: Audience
  readonly draft: ArticleContent
  /** The content that the audience sees already. */
  readonly published?: ArticleContent
}

/**
 * Refuses a draft that would show customers or the public personal data that they do not see already.
 *
 * @throws CodedError ARTICLE_PERSONAL_DATA, with the kind and place of each finding
 */
export function requireNoPersonalData(
  { id, audience, draft, published }: DraftForAudience,
  options: PersonalDataOptions,
): void {
  if (!OUTSIDE.includes(audience)) return
  const known = new Set(published && [...dataOf(published, options)].map(({ data }) => data))
  const found = [...dataOf(draft, options)].filter(({ data }) => !known.has(data))
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
