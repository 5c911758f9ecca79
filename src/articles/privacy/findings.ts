import { createHash } from 'node:crypto'
import { findPersonalData, type PersonalDataOptions } from '../../text/personal-data/find-personal-data.ts'
import type { Finding, PersonalDataKind } from '../../text/personal-data/finding.ts'
import { findInMarkdown } from '../../text/personal-data/redact.ts'
import type { ArticleContent } from '../article.ts'
import { markAt } from './redaction-marks.ts'

/** Personal data at one place of an article, without the data itself. */
export interface ArticleFinding {
  /** Stands for its kind and text in this article, wherever they occur. */
  readonly id: string
  readonly where: FindingSection
  readonly kind: PersonalDataKind
  /** `[start, end)` in UTF-16 units of the section as it is stored. */
  readonly start: number
  readonly end: number
}

export const FINDING_SECTIONS = ['title', 'issue', 'environment', 'resolution', 'cause'] as const
export type FindingSection = (typeof FINDING_SECTIONS)[number]

/** The personal data in the text of an article, in its order. */
export function findingsIn(
  articleId: string,
  content: ArticleContent,
  options: PersonalDataOptions,
): ArticleFinding[] {
  return FINDING_SECTIONS.flatMap((where) =>
    findIn(where, content[where], options).map(({ kind, start, end }) => ({
      id: findingId(articleId, kind, content[where].slice(start, end)),
      where,
      kind,
      start,
      end,
    })),
  )
}

/** The sections that change when these findings are replaced by marks in the language of the article. */
export function redactFindings(
  content: ArticleContent,
  findings: readonly ArticleFinding[],
): Partial<ArticleContent> {
  const changed: Partial<Record<FindingSection, string>> = {}
  for (const { where, kind, start, end } of [...findings].sort((a, b) => b.start - a.start)) {
    const text = changed[where] ?? content[where]
    const mark = markAt(
      text,
      { kind, start, end },
      { language: content.language, isPlain: where === 'title' },
    )
    changed[where] = text.slice(0, start) + mark + text.slice(end)
  }
  return changed
}

/** The kinds of some findings, each once. */
export function kindsOf(findings: readonly ArticleFinding[]): PersonalDataKind[] {
  return [...new Set(findings.map(({ kind }) => kind))]
}

function findIn(where: FindingSection, text: string, options: PersonalDataOptions): Finding[] {
  return where === 'title' ? findPersonalData(text, options) : findInMarkdown(text, options)
}

const ESCAPES = /\\(?=[!-/:-@[-`{-~])/g

/** With the article in it, it tells nothing of what another article holds. */
function findingId(articleId: string, kind: PersonalDataKind, text: string): string {
  const plain = text.replace(ESCAPES, '').replace(/\s+/g, ' ')
  const hash = createHash('sha256').update(`${articleId}\n${kind}\n${plain}`).digest('hex')
  return `${kind}-${hash.slice(0, 32)}`
}
