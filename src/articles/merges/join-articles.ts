import type { ArticleContent } from '../article.ts'
import { CITATION_SECTIONS, type CitationSection } from '../citation.ts'
import { unsaid } from '../extraction/duplicates.ts'
import { piecesOf } from '../extraction/pieces.ts'
import { narrowExcerpt } from '../passages/excerpts.ts'
import type { Passage, StoredPassage } from '../passages/passage.ts'
import { linkDefinitions } from '../passages/section-blocks.ts'
import { itemsOf, statementsOf } from '../passages/statements.ts'

/** An article with its passages. */
export interface WholeArticle {
  readonly content: ArticleContent
  readonly passages: readonly StoredPassage[]
}

/** What becomes of a passage in the other article: it is added, it says what is there already, or a person left it out. */
export type Becomes = 'added' | 'joined' | 'left'

export interface JoinedPassage {
  readonly id: string
  readonly section: CitationSection
  /** As it stands in the merged article. */
  readonly text: string
  readonly becomes: Becomes
}

/** What an article says, and rests on, once another is merged into it. */
export interface JoinedArticles {
  readonly content: ArticleContent
  readonly passages: readonly Passage[]
  /** The passages of the merged article that have a text. */
  readonly joined: readonly JoinedPassage[]
}

const BULLETS = /^\s*[-*+]\s/

/**
 * Joins an article to another, whose title and words stay. What says the same is there once, and rests on the posts of
 * both; of a list of bullets, only the items that are new are added.
 *
 * @param left ids of passages that are not to be taken over
 */
export function joinArticles(
  into: WholeArticle,
  merged: WholeArticle,
  left: ReadonlySet<string>,
): JoinedArticles {
  const content = { ...into.content }
  const passages: Passage[] = [...into.passages]
  const joined: JoinedPassage[] = []
  for (const section of CITATION_SECTIONS) {
    const own = into.passages.filter((each) => each.section === section && each.text !== '')
    let needsLinks = false
    for (const passage of merged.passages.filter((each) => each.section === section)) {
      const { id, text, citations } = passage
      if (text === '') {
        passages.push({ section, text, citations })
        continue
      }
      const fresh = left.has(id) ? '' : newIn(text, own)
      joined.push({ id, section, text, becomes: left.has(id) ? 'left' : fresh === '' ? 'joined' : 'added' })
      if (left.has(id)) continue
      const place = fresh === '' ? placeIn(own, text) : undefined
      const becomes = fresh === '' ? (place?.text ?? '') : fresh
      passages.push({
        section,
        text: becomes,
        citations: citations.map((each) => ({ ...each, excerpt: narrowExcerpt(each.excerpt, becomes) })),
      })
      if (fresh === '') continue
      content[section] = joinTexts(content[section], fresh)
      needsLinks = true
    }
    const links = needsLinks ? linkDefinitions(merged.content[section]) : ''
    if (links !== '' && !content[section].includes(links)) content[section] += `\n\n${links}`
  }
  return { content, passages, joined }
}

/** What a passage says that none of others does; empty where that is nothing. */
function newIn(text: string, others: readonly Passage[]): string {
  const items = BULLETS.test(text) ? itemsOf(text) : []
  if (items.length > 1) {
    const fresh = items.filter((item) => saysNew(item.text, others))
    return fresh.map(({ raw }) => raw).join('\n')
  }
  return saysNew(text, others) ? text : ''
}

function saysNew(text: string, others: readonly Passage[]): boolean {
  const known = others.map((each) => each.text)
  const keys = new Set(known.flatMap((each) => statementsOf(each).map(({ key }) => key)))
  const statements = statementsOf(text)
  // What has no word, as a picture has none, is the same only as it is written.
  if (statements.length === 0) return !known.includes(text)
  const rest = statements.filter(({ key }) => !keys.has(key))
  if (rest.length === 0) return false
  const pieces = known.flatMap((each) => piecesOf(each, ''))
  return (
    unsaid(
      rest.map((each) => ({ text: each.text, gap: '' })),
      pieces,
    ).length > 0
  )
}

/** The passage that says most of what another one says. */
function placeIn(own: readonly Passage[], text: string): Passage | undefined {
  const keys = statementsOf(text).map(({ key }) => key)
  const shared = own.map((passage) => {
    const said = new Set(statementsOf(passage.text).map(({ key }) => key))
    const words = new Set([...said].flatMap((key) => key.split(' ')))
    return {
      passage,
      same: keys.filter((key) => said.has(key)).length,
      words: keys.flatMap((key) => key.split(' ')).filter((word) => words.has(word)).length,
    }
  })
  return shared.sort((a, b) => b.same - a.same || b.words - a.words)[0]?.passage
}

function joinTexts(one: string, other: string): string {
  const before = one.trimEnd()
  if (before === '') return other
  const last = before.slice(before.lastIndexOf('\n') + 1)
  return `${before}${BULLETS.test(last) && BULLETS.test(other) ? '\n' : '\n\n'}${other}`
}
