import type { ArticleContent } from '../article.ts'
import { CITATION_SECTIONS, type CitationSection } from '../citation.ts'
import { carryPassages } from '../passages/carry-passages.ts'
import { blocksOfArticle } from '../passages/section-blocks.ts'
import type { TranslatedPassage } from './translated-passage.ts'

/** `[start, end)` in a section. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A block of a translation that stands for no passage of the original. */
export interface Addition {
  readonly section: CitationSection
  readonly text: string
  /** The passage that it stands behind; absent where it stands before all. */
  readonly after?: string
}

const NOTHING: ArticleContent = {
  title: '',
  issue: '',
  environment: '',
  resolution: '',
  cause: '',
  language: 'und',
}

/**
 * The passages as a text of the translation has them, which may have been edited as a whole: each is found where it stood
 * as it was, or else by its words; what is no longer there is open again. What stands for none of them is an addition.
 */
export function placePassages(
  passages: readonly TranslatedPassage[],
  content: ArticleContent,
): { readonly passages: TranslatedPassage[]; readonly additions: Addition[] } {
  const texts = new Map<string, string>()
  const additions: Addition[] = []
  for (const section of CITATION_SECTIONS) {
    const own = passages.filter((each) => each.section === section)
    const { text, spans, free } = placeIn(own, section, content)
    for (const [id, { start, end }] of spans) texts.set(id, text.slice(start, end))
    const order = [...spans].sort(([, a], [, b]) => a.start - b.start)
    for (const { start, end } of free) {
      const after = order.findLast(([, span]) => span.end <= start)?.[0]
      additions.push({ section, text: text.slice(start, end), after })
    }
  }
  const placed = passages.map((passage): TranslatedPassage => {
    const text = passage.section === 'title' ? content.title : (texts.get(passage.id) ?? '')
    if (text === passage.text) return passage
    if (text !== '')
      return { ...passage, text, state: passage.state === 'open' ? 'translated' : passage.state }
    return { ...passage, text, translatedFrom: '', state: 'open' }
  })
  return { passages: placed, additions }
}

/** A text of the translation with another text for one of its passages; what else it holds stays as it is. */
export function writePassage(
  passages: readonly TranslatedPassage[],
  content: ArticleContent,
  { id, section }: Pick<TranslatedPassage, 'id' | 'section'>,
  written: string,
): ArticleContent {
  if (section === 'title') return { ...content, title: written }
  const own = passages.filter((each) => each.section === section)
  const { text, spans } = placeIn(own, section, content)
  const at = own.findIndex((each) => each.id === id)
  const span = spans.get(id)
  const before = own.slice(0, at).findLast((each) => spans.has(each.id))
  const behind = own.slice(at + 1).find((each) => spans.has(each.id))
  const place = span ?? pointAt(spans.get(before?.id ?? '')?.end ?? spans.get(behind?.id ?? '')?.start ?? 0)
  return { ...content, [section]: joinBlocks(text.slice(0, place.start), written, text.slice(place.end)) }
}

function pointAt(at: number): Span {
  return { start: at, end: at }
}

/** Texts with a blank line between them, where there are several. */
function joinBlocks(before: string, written: string, after: string): string {
  const parts = [before.trimEnd(), written, after.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()]
  return parts.filter((part) => part.trim() !== '').join('\n\n')
}

/** Where the passages of a section stand in it, and the blocks that are none of them. */
function placeIn(
  passages: readonly TranslatedPassage[],
  section: CitationSection,
  content: ArticleContent,
): { readonly text: string; readonly spans: Map<string, Span>; readonly free: readonly Span[] } {
  const text = content[section].replace(/\r\n?/g, '\n')
  const spans = new Map<string, Span>()
  let from = 0
  for (const { id, text: wanted } of passages) {
    const taken = [...spans.values()]
    const span = findFree(text, wanted, from, taken) ?? findFree(text, wanted, 0, taken)
    if (span === undefined) continue
    spans.set(id, span)
    from = span.end
  }
  let free = freeBlocks(text, section, [...spans.values()])
  const lost = passages.filter((each) => each.text !== '' && !spans.has(each.id))
  if (lost.length > 0 && free.length > 0) {
    const blocks = free.map(({ start, end }) => text.slice(start, end))
    const carried = carryPassages(
      lost.map((each) => ({ id: each.id, section, text: each.text, citations: [] })),
      { ...NOTHING, [section]: blocks.join('\n\n') },
    )
    for (const { id, text: found } of carried) {
      const span = free.find(({ start, end }) => text.slice(start, end) === found)
      if (id === undefined || span === undefined) continue
      spans.set(id, span)
      free = free.filter((each) => each !== span)
    }
  }
  return { text, spans, free }
}

/** Whole lines that say just this, and are no other passage's. */
function findFree(text: string, wanted: string, from: number, taken: readonly Span[]): Span | undefined {
  if (wanted === '') return undefined
  const lines = `\n${text}\n`
  for (
    let at = lines.indexOf(`\n${wanted}\n`, from);
    at !== -1;
    at = lines.indexOf(`\n${wanted}\n`, at + 1)
  ) {
    const span = { start: at, end: at + wanted.length }
    if (!taken.some(({ start, end }) => start < span.end && span.start < end)) return span
  }
  return undefined
}

function freeBlocks(text: string, section: CitationSection, taken: readonly Span[]): Span[] {
  let from = 0
  return blocksOfArticle({ ...NOTHING, [section]: text }).flatMap((block) => {
    const start = text.indexOf(block.text, from)
    const end = start + block.text.length
    from = end
    return taken.some((span) => span.start < end && start < span.end) ? [] : [{ start, end }]
  })
}
