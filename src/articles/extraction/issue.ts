import { type Cleaning, cleanPost } from './clean-post.ts'
import { bare } from './courtesy.ts'
import { flatten } from './flatten.ts'
import type { DraftPost } from './material.ts'
import { type Piece, piecesOf, withSentences } from './pieces.ts'

/**
 * The problem in the words of who has it: their question, then what their later posts add to it. Of these, thanks and
 * outcomes are left out, and so is what others say of problems of their own.
 *
 * @param title stands for a question that says nothing, as `see title`
 * @param answeredAt when the last of the answers that the draft takes was written
 */
export function issueOf(
  question: DraftPost,
  title: string,
  posts: readonly DraftPost[],
  answeredAt: string | undefined,
  cleaning: Cleaning,
): { readonly question: readonly Piece[]; readonly additions: readonly Piece[] } {
  const cleaned = cleanPost(question, 'asker', cleaning)
  const pieces = cleaned.length > 0 ? cleaned : piecesOf(title.trim() || question.body, question.id)
  const asker = question.author?.id
  const later = posts.filter(
    (post) => post !== question && asker !== undefined && post.author?.id === asker && !post.accepted,
  )
  return { question: pieces, additions: later.flatMap((post) => additionOf(post, answeredAt, cleaning)) }
}

function additionOf(post: DraftPost, answeredAt: string | undefined, cleaning: Cleaning): Piece[] {
  const { words } = cleaning
  const flat = flatten(post.body.slice(0, 4000))
  const isAddition = words.some(({ addition }) => addition.test(flat))
  const isEarly = answeredAt === undefined || post.createdAt < answeredAt
  const isSymptom = words.some(({ symptom }) => symptom.test(flat))
  if (!isAddition && !(isEarly && isSymptom)) return []
  const isOutcome = (text: string) => words.some(({ outcome }) => outcome.test(bare(text)))
  if (!isAddition && isOutcome(post.body.slice(0, 300))) return []
  return cleanPost(post, 'asker', cleaning).flatMap((piece) => {
    if (piece.kind !== 'prose') return [piece]
    const kept = piece.sentences.filter(({ text }) => !isOutcome(text))
    return kept.length === piece.sentences.length ? [piece] : (withSentences(piece, kept) ?? [])
  })
}
