import { type Cleaning, cleanPost } from './clean-post.ts'
import { bare } from './courtesy.ts'
import { unsaid } from './duplicates.ts'
import { flatten } from './flatten.ts'
import type { DraftPost } from './material.ts'
import { type Piece, piecesOf, withSentences } from './pieces.ts'

/** Sentences that one thread adds to the issue of another. */
const MOST_SYMPTOMS = 3
/** Characters read of a sentence. */
const LONGEST_SYMPTOM = 600

/**
 * The problem in the words of who has it: their question, then what their later posts add to it. Of these, thanks and
 * outcomes are left out, and so is what others say of problems of their own.
 *
 * @param title stands for a question that says nothing, as `see title`
 * @param chosen the answers that the draft takes; what the asker replied to others says nothing without them
 */
export function issueOf(
  question: DraftPost,
  title: string,
  posts: readonly DraftPost[],
  chosen: readonly DraftPost[],
  cleaning: Cleaning,
): { readonly question: readonly Piece[]; readonly additions: readonly Piece[] } {
  const cleaned = cleanPost(question, 'asker', cleaning)
  const pieces = cleaned.length > 0 ? cleaned : piecesOf(title.trim() || question.body, question.id)
  const asker = question.author?.id
  const taken = new Set(chosen)
  const leftOut = new Set(
    posts.filter((post) => post.kind === 'answer' && !taken.has(post)).map(({ id }) => id),
  )
  const answeredAt = chosen
    .map(({ createdAt }) => createdAt)
    .sort()
    .at(-1)
  const later = posts.filter(
    (post) => post !== question && asker !== undefined && post.author?.id === asker && !post.accepted,
  )
  return {
    question: pieces,
    additions: later.flatMap((post) => {
      const isReply = post.parentId !== undefined && leftOut.has(post.parentId)
      return additionOf(post, { isReply, answeredAt }, cleaning)
    }),
  }
}

function additionOf(
  post: DraftPost,
  { isReply, answeredAt }: { readonly isReply: boolean; readonly answeredAt: string | undefined },
  cleaning: Cleaning,
): Piece[] {
  const { words } = cleaning
  const flat = flatten(post.body.slice(0, 4000))
  const isAddition = words.some(({ addition }) => addition.test(flat))
  const isEarly = answeredAt === undefined || post.createdAt < answeredAt
  const isSymptom = words.some(({ symptom }) => symptom.test(flat))
  if (!isAddition && (isReply || !isEarly || !isSymptom)) return []
  const isOutcome = (text: string) => words.some(({ outcome }) => outcome.test(bare(text)))
  if (!isAddition && isOutcome(post.body.slice(0, 300))) return []
  return cleanPost(post, 'asker', cleaning).flatMap((piece) => {
    if (piece.kind !== 'prose') return [piece]
    const kept = piece.sentences.filter(({ text }) => !isOutcome(text))
    return kept.length === piece.sentences.length ? [piece] : (withSentences(piece, kept) ?? [])
  })
}

/** Symptoms that somebody with the same problem names and nobody before: at most {@link MOST_SYMPTOMS} sentences. */
export function symptomsIn(pieces: readonly Piece[], known: readonly Piece[], { words }: Cleaning): Piece[] {
  let left = MOST_SYMPTOMS
  return pieces.flatMap((piece) => {
    if (piece.kind !== 'prose') return []
    const kept = unsaid(piece.sentences, known)
      .filter(({ text }) => {
        if (text.endsWith('?')) return false
        const flat = flatten(text.slice(0, LONGEST_SYMPTOM))
        return words.some(({ symptom, outcome }) => symptom.test(flat) && !outcome.test(bare(text)))
      })
      .slice(0, left)
    left -= kept.length
    return withSentences(piece, kept) ?? []
  })
}
