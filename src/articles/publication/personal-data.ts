import type { Audience } from '../../access/audience.ts'
import type { CodedError } from '../../platform/errors.ts'
import { findPersonalData, type PersonalDataOptions } from '../../text/personal-data/find-personal-data.ts'
import type { PersonalDataKind } from '../../text/personal-data/finding.ts'
import { findInMarkdown } from '../../text/personal-data/redact.ts'
import type { ArticleContent } from '../article.ts'
import { articleErrors } from '../errors.ts'

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

/** The personal data in a draft for customers or the public that they do not see already. */
export function newPersonalData(
  { audience, draft, published }: DraftForAudience,
  options: PersonalDataOptions,
): ArticleFinding[] {
  if (!OUTSIDE.includes(audience)) return []
  const known = new Set(published && [...dataOf(published, options)].map(({ data }) => data))
  return [...dataOf(draft, options)].filter(({ data }) => !known.has(data)).map(({ finding }) => finding)
}

/** The error of a draft with personal data: the kind and place of each finding. */
export function refusePersonalData(
  { id, audience }: Pick<DraftForAudience, 'id' | 'audience'>,
  findings: readonly ArticleFinding[],
): CodedError {
  return articleErrors.ARTICLE_PERSONAL_DATA({
    id,
    audience,
    kinds: kindsOf(findings).join(', '),
    errors: findings,
  })
}

export function kindsOf(findings: readonly ArticleFinding[]): PersonalDataKind[] {
  return [...new Set(findings.map(({ kind }) => kind))]
}

/** @throws CodedError ARTICLE_PERSONAL_DATA */
export function requireNoPersonalData(draft: DraftForAudience, options: PersonalDataOptions): void {
  const findings = newPersonalData(draft, options)
  if (findings.length > 0) throw refusePersonalData(draft, findings)
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
