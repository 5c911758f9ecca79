import { bodyHash } from '../citation.ts'
import { cleaningOf } from '../extraction/cleaning.ts'
import type { DraftMaterial } from '../extraction/material.ts'
import type { Passage, PassageCitation } from './passage.ts'
import { isAmong, keysOfPost } from './stated-now.ts'
import { statementsOf, wordsIn } from './statements.ts'
import { readPost } from './thread-material.ts'

/** Fewer words may be the same by chance. */
const FEWEST_WORDS = 4

/**
 * Finds the sources of passages that have none: posts that say all that the passage says, in the same words. So what
 * somebody copies from a thread into its article is cited without further ado.
 */
export function findSources(
  passages: readonly Passage[],
  threads: readonly DraftMaterial[],
): readonly Passage[] {
  const isLost = ({ text, citations }: Passage) =>
    citations.length === 0 && wordsIn(text).length >= FEWEST_WORDS
  if (!passages.some(isLost)) return passages
  const posts = threads.flatMap((material) => {
    const cleaning = cleaningOf(material)
    const answers = acceptedOf(material)
    return material.posts.map((post) => ({ post, answers, keys: keysOfPost(readPost(post, cleaning)) }))
  })
  return passages.map((passage) => {
    if (!isLost(passage)) return passage
    const excerpt = statementsOf(passage.text).map(({ text }) => text)
    const citations = posts
      .filter(({ keys }) => excerpt.every((text) => isAmong(keys, text)))
      .map(
        ({ post, answers }): PassageCitation => ({
          postId: post.id,
          excerpt,
          hash: bodyHash(post.body),
          accepted: post.accepted,
          answers,
        }),
      )
    return { ...passage, citations }
  })
}

/** The accepted answers of a thread. */
export function acceptedOf({ posts }: Pick<DraftMaterial, 'posts'>): string[] {
  return posts.filter(({ kind, accepted }) => kind === 'answer' && accepted).map(({ id }) => id)
}
