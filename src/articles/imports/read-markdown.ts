import { LineCounter, parseDocument } from 'yaml'
import { AUDIENCES, type Audience } from '../../access/audience.ts'
import { toIsoTime } from '../../sources/reading/values.ts'
import { detectLanguage } from '../../text/language/detect-language.ts'
import { type ArticleContent, CONFIDENCES, type Confidence } from '../article.ts'
import { sectionBegunBy, tidy, unescapeHeadings } from '../exports/markdown-file.ts'
import { SECTIONS, type Section } from '../section-names.ts'
import { importErrors } from './errors.ts'

/** A Markdown file with front matter, as an article. */
export interface MarkdownArticle {
  readonly content: ArticleContent
  readonly id?: string
  readonly confidence?: Confidence
  readonly audience?: Audience
  /** The revision that was exported. */
  readonly revision?: number
  readonly createdAt?: string
  readonly updatedAt?: string
  readonly publishedAt?: string
}

const LONGEST_FRONT_MATTER = 64 * 1024
const UNSTORABLE = /\0|\p{Surrogate}/u

/**
 * Reads a Markdown file: YAML between two lines `---`, then sections under headings such as `## Resolution` or
 * `## Résolution`. A text without such headings is all resolution.
 *
 * @throws CodedError MARKDOWN_FRONT_MATTER_MISSING, MARKDOWN_FRONT_MATTER_INVALID, MARKDOWN_FIELD_INVALID,
 *   MARKDOWN_TEXT_OUTSIDE_SECTIONS, MARKDOWN_SECTION_TWICE; each names the line
 */
export function readMarkdown(text: string, file: string): MarkdownArticle {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0) throw importErrors.MARKDOWN_FRONT_MATTER_MISSING({ file })
  const fields = readFrontMatter(lines.slice(1, end).join('\n'), file)
  const sections = readSections(lines.slice(end + 1), file, end + 2)
  const title = fields.required('title', 'a text of 1 to 500 characters; put numbers in quotes', isTitle)
  const language = fields.optional('language', 'a language such as fr or en', isLanguage)
  return {
    content: {
      title,
      language:
        language ?? detectLanguage(title, () => SECTIONS.map((section) => sections[section]).join('\n')),
      ...sections,
    },
    id: fields.optional('id', 'the id of an article, such as art_01jd3k8q0r2s4t6v8w0x2y4z6', isArticleId),
    confidence: fields.optional('confidence', `one of ${CONFIDENCES.join(', ')}`, isConfidence),
    audience: fields.optional('audience', `one of ${AUDIENCES.join(', ')}`, isAudience),
    revision: fields.optional('revision', 'a whole number', isRevision),
    createdAt: fields.time('createdAt'),
    updatedAt: fields.time('updatedAt'),
    publishedAt: fields.time('publishedAt'),
  }
}

function readFrontMatter(yaml: string, file: string) {
  const invalid = (reason: string, line = 1) =>
    importErrors.MARKDOWN_FRONT_MATTER_INVALID({ file, line: line + 1, reason })
  if (yaml.length > LONGEST_FRONT_MATTER)
    throw invalid(`it is longer than ${LONGEST_FRONT_MATTER} characters`)
  const lineCounter = new LineCounter()
  const document = parseDocument(yaml, { schema: 'core', lineCounter, prettyErrors: false })
  const [fault] = document.errors
  if (fault !== undefined) throw invalid(fault.message, lineCounter.linePos(fault.pos[0]).line)
  let values: unknown
  try {
    values = document.toJS({ maxAliasCount: 0 })
  } catch {
    throw invalid('aliases are not allowed')
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw invalid('it must have fields, such as "title: …"')
  const object = values as Readonly<Record<string, unknown>>

  function optional<T>(field: string, expected: string, is: (value: unknown) => value is T): T | undefined {
    const value = Object.hasOwn(object, field) ? (object[field] ?? undefined) : undefined
    if (value === undefined || is(value)) return value
    throw importErrors.MARKDOWN_FIELD_INVALID({ file, line: lineOf(field), field, expected })
  }

  function lineOf(field: string): number {
    const node = document.get(field, true) as { readonly range?: readonly number[] } | undefined
    return lineCounter.linePos(node?.range?.[0] ?? 0).line + 1
  }

  return {
    optional,
    required<T>(field: string, expected: string, is: (value: unknown) => value is T): T {
      const value = optional(field, expected, is)
      if (value !== undefined) return value
      throw importErrors.MARKDOWN_FIELD_INVALID({ file, line: 1, field, expected })
    },
    time(field: string): string | undefined {
      const isTime = (value: unknown): value is string => typeof value === 'string' && isWritten(value)
      const written = optional(field, 'a time such as 2026-01-31T09:30:00Z', isTime)
      return written === undefined ? undefined : toIsoTime(written)
    },
  }
}

/** @param first the number of the first of the lines in its file */
function readSections(lines: readonly string[], file: string, first: number): Record<Section, string> {
  const found = new Map<Section | undefined, string[]>([[undefined, []]])
  let current: Section | undefined
  for (const [at, line] of lines.entries()) {
    const begun = sectionBegunBy(line)
    if (begun === undefined) found.get(current)?.push(line)
    else if (found.has(begun))
      throw importErrors.MARKDOWN_SECTION_TWICE({ file, line: first + at, section: line.slice(2).trim() })
    else {
      current = begun
      found.set(begun, [])
    }
  }
  if (lines.some((line) => UNSTORABLE.test(line)))
    throw importErrors.MARKDOWN_FIELD_INVALID({
      file,
      line: first + lines.findIndex((line) => UNSTORABLE.test(line)),
      field: 'text',
      expected: 'free of characters that no database keeps',
    })
  const text = (section: Section | undefined) => unescapeHeadings(tidy((found.get(section) ?? []).join('\n')))
  if (found.size === 1) return { issue: '', environment: '', resolution: text(undefined), cause: '' }
  const stray = (found.get(undefined) ?? []).findIndex((line) => line.trim() !== '')
  if (stray >= 0) throw importErrors.MARKDOWN_TEXT_OUTSIDE_SECTIONS({ file, line: first + stray })
  return {
    issue: text('issue'),
    environment: text('environment'),
    resolution: text('resolution'),
    cause: text('cause'),
  }
}

function isTitle(value: unknown): value is string {
  return typeof value === 'string' && /\S/.test(value) && value.length <= 500 && !UNSTORABLE.test(value)
}

function isLanguage(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z]{2,3}$/.test(value)
}

function isArticleId(value: unknown): value is string {
  return typeof value === 'string' && /^art_[0-9a-z]{25}$/.test(value)
}

function isConfidence(value: unknown): value is Confidence {
  return CONFIDENCES.includes(value as Confidence)
}

function isAudience(value: unknown): value is Audience {
  return AUDIENCES.includes(value as Audience)
}

function isRevision(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0
}

function isWritten(value: string): boolean {
  return toIsoTime(value) !== undefined
}
