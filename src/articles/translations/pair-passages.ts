import type { ArticleContent } from '../article.ts'
import { CITATION_SECTIONS } from '../citation.ts'
import { blocksOfArticle } from '../passages/section-blocks.ts'
import type { Source } from './follow-source.ts'
import { openPassage, type TranslatedPassage } from './translated-passage.ts'

/** The passages of an original with the blocks of an article that stand where they do, section by section. */
export function pairPassages(
  source: Source,
  content: ArticleContent,
  newPassageId: () => string,
): TranslatedPassage[] {
  const blocks = blocksOfArticle(content)
  const pair = (passage: TranslatedPassage, from: string, text: string | undefined): TranslatedPassage =>
    text === undefined || text === ''
      ? passage
      : { ...passage, translatedFrom: from, text, state: 'translated' }
  const title = pair(openPassage(newPassageId(), 'title'), source.title, content.title)
  const paired = CITATION_SECTIONS.flatMap((section) => {
    const own = blocks.filter((block) => block.section === section)
    return source.passages
      .filter((each) => each.section === section)
      .map(({ id, text }, at) => pair(openPassage(newPassageId(), section, id), text, own[at]?.text))
  })
  return [title, ...paired]
}
