import { stringify } from 'yaml'
import { fold } from '../../text/terms/fold.ts'
import { slugOf } from '../../text/terms/slug.ts'
import { SECTION_NAMES, SECTIONS, type Section, sectionNamesIn } from '../section-names.ts'
import type { ShownArticle } from './shown-articles.ts'

/** The file of an article, below its language: `fr/activer-l-itinerance--art_….md`. */
export function pathOf(
  article: { readonly id: string; readonly title: string; readonly language: string },
  ending: string,
): string {
  return `${article.language}/${slugOf(article)}.${ending}`
}

/** An article as a Markdown file: what is known of it in front, then its sections under headings in its language. */
export function markdownFile({ article, citations, authors }: ShownArticle): string {
  const { id, title, language, confidence, audience, revision, createdAt, updatedAt, publishedAt } = article
  const posts = new Map(citations.map((each) => [`${each.section} ${each.postId}`, each]))
  const sources = [...posts.values()].map(({ section, postId, author }) => ({
    section,
    post: postId,
    author,
  }))
  const front = stringify(
    {
      title,
      id,
      language,
      confidence,
      audience,
      revision,
      createdAt,
      updatedAt,
      publishedAt,
      authors: authors.length === 0 ? undefined : authors.map(({ name }) => name),
      sources: sources.length === 0 ? undefined : sources,
    },
    { lineWidth: 0, aliasDuplicateObjects: false },
  )
  const names = sectionNamesIn(language)
  const sections = SECTIONS.filter((section) => tidy(article[section]) !== '').map(
    (section) => `## ${names[section]}\n\n${escapeHeadings(tidy(article[section]))}\n`,
  )
  return [`---\n${front}---\n`, ...sections].join('\n')
}

/** A section without the blank lines around it, as a file keeps it. */
export function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd()
}

const HEADING = /^(\\*)## +(.*\S) *$/
const SECTION_BY_NAME = new Map(
  Object.values(SECTION_NAMES).flatMap((names) => SECTIONS.map((section) => [fold(names[section]), section])),
)

/** The section that a line begins; undefined for any other line. */
export function sectionBegunBy(line: string): Section | undefined {
  const [, escaped, name = ''] = HEADING.exec(line) ?? []
  return escaped === '' ? SECTION_BY_NAME.get(fold(name)) : undefined
}

/** Has no line of a section's own text begin another section: such a line gets a backslash more. */
function escapeHeadings(text: string): string {
  return mapHeadings(text, (line) => `\\${line}`)
}

/** Undoes what was escaped when the file was written. */
export function unescapeHeadings(text: string): string {
  return mapHeadings(text, (line) => line.replace(/^\\/, ''))
}

function mapHeadings(text: string, change: (line: string) => string): string {
  const lines = text.split('\n').map((line) => {
    const name = HEADING.exec(line)?.[2]
    return name !== undefined && SECTION_BY_NAME.has(fold(name)) ? change(line) : line
  })
  return lines.join('\n')
}
