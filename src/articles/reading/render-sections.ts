import { toHtml } from '../../text/markdown/to-html.ts'
import type { ArticleContent } from '../article.ts'
import { SECTIONS, type Section, sectionNamesIn } from '../section-names.ts'

/** A section as a page shows it below a heading of the second level. */
export interface RenderedSection {
  readonly section: Section
  readonly name: string
  /** Markup without scripts, pictures and targets that are not safe. */
  readonly markup: string
}

/** The sections of an article that say something, in their order, under their names in its language. */
export async function renderSections(content: ArticleContent): Promise<RenderedSection[]> {
  const names = sectionNamesIn(content.language)
  const rendered: RenderedSection[] = []
  for (const section of SECTIONS)
    if (content[section].trim() !== '')
      rendered.push({ section, name: names[section], markup: withinPage(await toHtml(content[section])) })
  return rendered
}

const HEADING = /<(\/?)h([1-6])>/g

/** Headings below those of the page; what may be too wide scrolls, by keyboard too. */
export function withinPage(html: string): string {
  const highest = Math.min(...Array.from(html.matchAll(HEADING), ([, , level]) => Number(level)))
  return html
    .replace(
      HEADING,
      (_, close: string, level: string) => `<${close}h${Math.min(6, Number(level) - highest + 3)}>`,
    )
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
}
