import { takeCause } from './cause.ts'
import { type Cleaning, cleanPost } from './clean-post.ts'
import { bare } from './courtesy.ts'
import { joinDuplicates } from './duplicates.ts'
import { flatten } from './flatten.ts'
import type { DraftPost } from './material.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { withSteps } from './steps.ts'

/** The accepted answers, oldest first; else the one with the best score. */
export function chosenAnswers(posts: readonly DraftPost[]): DraftPost[] {
  const answers = posts.filter(({ kind }) => kind === 'answer').sort(byAge)
  const accepted = answers.filter((answer) => answer.accepted)
  return accepted.length > 0 ? accepted : answers.sort(byScore).slice(0, 1)
}

export interface Resolution {
  /** The pieces of each answer. */
  readonly answers: readonly (readonly Piece[])[]
  readonly causes: readonly Piece[]
}

/**
 * What solved the problem, an array an answer: its text, then the comments that correct or complete it; steps as a
 * numbered list, what several answers say alike joined. Causes are taken out.
 */
export function resolutionOf(
  chosen: readonly DraftPost[],
  posts: readonly DraftPost[],
  { title, cleaning }: { readonly title: string; readonly cleaning: Cleaning },
): Resolution {
  const question = posts.find(({ kind }) => kind === 'question')
  const causes: Piece[] = []
  const cleaned = chosen.map((answer) => {
    const pieces = cleanPost(answer, 'helper', cleaning)
    const kept = pieces.length > 0 ? pieces : piecesOf(answer.body, answer.id)
    const corrections = posts
      .filter((post) => corrects(post, answer, { chosen, question, cleaning }))
      .flatMap((post) => cleanPost(post, 'helper', cleaning))
    return [...kept, ...corrections]
  })
  const answers = joinDuplicates(cleaned).map((pieces) => {
    const { cause, rest } = takeCause(pieces, cleaning.words, title)
    if (cause !== undefined) causes.push(cause)
    return withSteps(rest, cleaning.words)
  })
  return { answers: answers.filter((pieces) => pieces.length > 0), causes }
}

/** Whether a comment corrects or completes an answer, by someone who may: its author, staff, an expert, the asker. */
function corrects(
  post: DraftPost,
  answer: DraftPost,
  {
    chosen,
    question,
    cleaning: { words },
  }: {
    readonly chosen: readonly DraftPost[]
    readonly question: DraftPost | undefined
    readonly cleaning: Cleaning
  },
): boolean {
  if (post.kind !== 'comment' || post.author === undefined || post.createdAt < answer.createdAt) return false
  const isReply = post.parentId === answer.id
  const isLoose = chosen.length === 1 && (post.parentId === undefined || post.parentId === question?.id)
  if (!isReply && !isLoose) return false
  const isAsker = post.author.id === question?.author?.id
  const mayCorrect = isAsker || post.author.id === answer.author?.id || post.author.role !== 'member'
  const flat = flatten(post.body.slice(0, 2000))
  if (!mayCorrect || !words.some(({ correction }) => correction.test(flat))) return false
  return !isAsker || !words.some(({ outcome }) => outcome.test(bare(post.body.slice(0, 60))))
}

function byAge(a: DraftPost, b: DraftPost): number {
  return a.createdAt === b.createdAt ? compare(a.id, b.id) : compare(a.createdAt, b.createdAt)
}

function byScore(a: DraftPost, b: DraftPost): number {
  return (b.score ?? 0) - (a.score ?? 0) || byAge(a, b)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
