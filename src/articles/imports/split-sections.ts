import { toMarkdown } from '../../text/markdown/to-markdown.ts'
import { SECTIONS, type Section, type SectionTexts, sectionOfHeading } from '../section-names.ts'

const FENCE = /^ {0,3}(`{3,}|~{3,})/
const HEADING = /^#{1,6} +(.*?)(?: +#+)? *$/
const BOLD_LINE = /^\*\*(.+?)\*\*:?$/

/**
 * Splits the text of an article of another system at headings such as *Symptoms* or *Cause*, in French or English. What
 * comes before the first of them is the issue. A text without them, or without a resolution among them, is all
 * resolution; an article without an issue has its title as its issue.
 */
export async function splitSections(title: string, markdown: string): Promise<SectionTexts> {
  const texts = splitAtHeadings(markdown)
  const sections =
    texts.resolution === '' ? { issue: '', environment: '', resolution: markdown.trim(), cause: '' } : texts
  return sections.issue === '' ? { ...sections, issue: await toMarkdown(title, 'text') } : sections
}

function splitAtHeadings(markdown: string): SectionTexts {
  const lines: Record<Section, string[]> = { issue: [], environment: [], resolution: [], cause: [] }
  let current: Section = 'issue'
  let named: Section | undefined
  let fence: string | undefined
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1]
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined
    } else if (mark !== undefined) fence = mark
    else {
      const begun = sectionOfHeading((HEADING.exec(line) ?? BOLD_LINE.exec(line.trim()))?.[1] ?? '')
      // *Steps* within a solution is a heading of its own.
      if (begun !== undefined && begun !== named) {
        current = begun
        named = begun
        continue
      }
    }
    lines[current].push(line)
  }
  const [issue, environment, resolution, cause] = SECTIONS.map((section) => lines[section].join('\n').trim())
  return { issue: issue!, environment: environment!, resolution: resolution!, cause: cause! }
}
