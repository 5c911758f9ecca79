import { bodyHash, type CitationSection } from '../citation.ts'
import { cleaningOf } from '../extraction/cleaning.ts'
import { chosenAmong } from '../extraction/extract-draft.ts'
import type { DraftMaterial, ExtractedDraft } from '../extraction/material.ts'
import { carryPassages } from '../passages/carry-passages.ts'
import { excerptOf } from '../passages/excerpts.ts'
import { acceptedOf } from '../passages/find-sources.ts'
import type { Passage, PassageCitation } from '../passages/passage.ts'
import { type Statement, statementsIn } from '../passages/statements.ts'
import { readPost } from '../passages/thread-material.ts'

/**
 * The passages of a new article with the posts that state them. The questions and the chosen answers are cited even
 * where nothing of them is kept: the draft rests on them.
 */
export function citePassages(draft: ExtractedDraft, threads: readonly DraftMaterial[]): Passage[] {
  const posts = new Map(
    threads.flatMap((material) => {
      const cleaning = cleaningOf(material)
      const answers = acceptedOf(material)
      return material.posts.map((post) => [post.id, { post, answers, cleaning }] as const)
    }),
  )
  const read = new Map<string, readonly Statement[]>()
  const cite = (postId: string, block: { readonly section: CitationSection; readonly text: string }) => {
    const found = posts.get(postId)
    if (found === undefined) return []
    const { post, answers, cleaning } = found
    const stated = read.get(postId) ?? statementsIn(readPost(post, cleaning).pieces)
    read.set(postId, stated)
    const excerpt = block.text === '' ? [] : excerptOf(block, stated)
    const { id, body, accepted } = post
    return [{ postId: id, excerpt, hash: bodyHash(body), accepted, answers } satisfies PassageCitation]
  }
  const extracted = draft.passages.map(
    ({ postIds, ...block }): Passage => ({ ...block, citations: postIds.flatMap((id) => cite(id, block)) }),
  )
  const carried = carryPassages(extracted, draft.content)
  const isCited = (postId: string) =>
    carried.some(({ citations }) => citations.some((each) => each.postId === postId))
  const rest = (section: CitationSection, ids: readonly string[]) =>
    ids
      .filter((id) => !isCited(id))
      .map((id): Passage => ({ section, text: '', citations: cite(id, { section, text: '' }) }))
  const questions = threads.flatMap(({ posts: of }) => of.filter(({ kind }) => kind === 'question'))
  return [
    ...carried,
    ...rest(
      'issue',
      questions.map(({ id }) => id),
    ),
    ...rest(
      'resolution',
      chosenAmong(threads).map(({ id }) => id),
    ),
  ]
}
