import type { ArticleContent } from '../article.ts'
import { CITATION_SECTIONS, type CitationSection } from '../citation.ts'
import { blocksOf } from '../extraction/blocks.ts'

/** A block of a section that says something: no line, no definition of a link. */
export interface SectionBlock {
  readonly section: CitationSection
  readonly text: string
}

/** A section with more blocks is one: nobody reads it passage by passage. */
const MOST_BLOCKS = 500

interface PlacedBlock extends SectionBlock {
  /** `[start, end)` in the section. */
  readonly start: number
  readonly end: number
}

/** The blocks of all sections of an article, in their order. */
export function blocksOfArticle(content: ArticleContent): SectionBlock[] {
  return CITATION_SECTIONS.flatMap((section) =>
    placedBlocks(section, linesOf(content[section])).map(({ text }) => ({ section, text })),
  )
}

/**
 * A section with one of its blocks replaced; without the block where nothing replaces it.
 *
 * @param index of the block among those of its section
 */
export function replaceBlock(markdown: string, index: number, replacement: string): string {
  const text = linesOf(markdown)
  const blocks = placedBlocks('issue', text)
  const block = blocks[index]
  if (block === undefined) return markdown
  const before = text.slice(0, block.start)
  const after = text.slice(block.end)
  if (replacement !== '') return before + replacement + after
  return `${before.trimEnd()}${before.trim() === '' || after.trim() === '' ? '' : '\n\n'}${after.trim()}`
}

/** Definitions of links in a section, without which its blocks cannot be rendered apart. */
export function linkDefinitions(markdown: string): string {
  return blocksOf(markdown)
    .flatMap(({ kind, raw }) => (kind === 'definition' ? [raw] : []))
    .join('\n')
}

function linesOf(markdown: string): string {
  return markdown.replace(/\r\n?/g, '\n')
}

function placedBlocks(section: CitationSection, text: string): PlacedBlock[] {
  const blocks = blocksOf(text)
  if (blocks.length > MOST_BLOCKS) {
    const start = text.length - text.trimStart().length
    return [{ section, text: text.trim(), start, end: start + text.trim().length }]
  }
  const length = blocks.reduce((sum, { raw, gap }) => sum + raw.length + gap.length, 0)
  // Blank lines before the first block belong to none; those behind the last are not in its gap.
  let at = /^(?:[^\S\n]*\n)*/.exec(text)?.[0].length ?? 0
  if (at + length > text.length) at = text.length - length
  return blocks.flatMap(({ kind, raw, gap }) => {
    const start = at
    at += raw.length + gap.length
    if (kind === 'rule' || kind === 'definition' || raw.trim() === '') return []
    return [{ section, text: raw, start, end: start + raw.length }]
  })
}
