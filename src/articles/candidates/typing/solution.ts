import { bare } from '../../extraction/courtesy.ts'
import { flatten } from '../../extraction/flatten.ts'
import type { DraftPost } from '../../extraction/material.ts'
import { isStep } from '../../extraction/steps.ts'
import { type DraftWords, wordsOf } from '../../extraction/words.ts'
import { type Statement, statementsOf } from './statements.ts'
import type { CandidateThread, SolvedBy } from './types.ts'
import { valuesOf } from './values.ts'
import { type TypingWords, typingWordsOf } from './words.ts'

export interface ReadAnswer {
  readonly post: DraftPost
  readonly statements: readonly Statement[]
  readonly wordCount: number
  /** Tells anybody what to do or where to look: a step, a way through menus, a code, a table. */
  readonly instructs: boolean
  /** Tells what a helper did for this asker alone. */
  readonly isHandled: boolean
  /** Says that nobody knows, hands on, or asks back. */
  readonly isDeferred: boolean
  /** What makes it a solution; undefined where nothing does. */
  readonly solvedBy: SolvedBy | undefined
}

export interface ReadThread {
  readonly thread: CandidateThread
  readonly words: readonly TypingWords[]
  readonly draftWords: readonly DraftWords[]
  readonly title: Statement
  readonly question: DraftPost | undefined
  readonly asked: readonly Statement[]
  readonly answers: readonly ReadAnswer[]
  /** What who asked wrote afterwards, flattened. */
  readonly replies: readonly string[]
}

/** Posts of a thread that are read, and characters of a reply; hostile threads have more. */
const MOST_POSTS = 200
const LONGEST_REPLY = 600
/** An answer that nobody accepted or confirmed counts from this score on. */
const LEAST_SCORE = 5
/** `Restart it.` is a step that needs no article. */
const FEWEST_OF_STEP = 6
/** Who looks after one case shows the way to it too; so many statements that show something help others. */
const FEWEST_BESIDE = 3
/** Who does not know says so in few words. */
const LONGEST_DEFERRAL = 40

/** The posts of a thread that are read: the first, and accepted answers wherever they stand. */
export function postsRead({ posts }: CandidateThread): readonly DraftPost[] {
  if (posts.length <= MOST_POSTS) return posts
  return posts.filter((post, at) => at < MOST_POSTS || post.accepted).slice(0, 2 * MOST_POSTS)
}

/** Reads a thread once for all that is asked of it. Linear in its posts. */
export function readThread(thread: CandidateThread): ReadThread {
  const words = typingWordsOf(thread.language)
  const draftWords = wordsOf(thread.language)
  const posts = postsRead(thread)
  const question = posts.find(({ kind }) => kind === 'question')
  const asker = question?.author?.id
  const isAsker = (post: DraftPost) => asker !== undefined && post.author?.id === asker
  const replies = posts.filter((post) => post !== question && isAsker(post) && !post.accepted)
  const given = posts.filter((post) => post.kind === 'answer' && (!isAsker(post) || post.accepted))
  const title = thread.title.slice(0, 300)
  return {
    thread,
    words,
    draftWords,
    title: { text: title, flat: bare(title), kind: 'sentence' },
    question,
    asked: statementsOf(question?.body ?? ''),
    answers: given.map((post) =>
      readAnswer(post, {
        replies: replies.filter(
          (reply) => reply.parentId === post.id || (given.length === 1 && reply.createdAt > post.createdAt),
        ),
        words,
        draftWords,
      }),
    ),
    replies: replies.map(({ body }) => flatten(body.slice(0, LONGEST_REPLY))),
  }
}

function readAnswer(
  post: DraftPost,
  {
    replies,
    words,
    draftWords,
  }: {
    readonly replies: readonly DraftPost[]
    readonly words: readonly TypingWords[]
    readonly draftWords: readonly DraftWords[]
  },
): ReadAnswer {
  const statements = statementsOf(post.body)
  const flats = replies.map(({ body }) => flatten(body.slice(0, LONGEST_REPLY)))
  const isRefuted = flats.some((flat) => words.some(({ refuted }) => refuted.test(flat)))
  const isConfirmed = flats.some((flat) => words.some(({ confirmed }) => confirmed.test(flat)))
  const says = (cue: 'handled' | 'deferred') =>
    statements.some(({ flat }) => words.some((each) => each[cue].test(flat)))
  const isHelper = post.author !== undefined && post.author.role !== 'member'
  const isStaff = post.author?.role === 'staff' || post.author?.role === 'moderator'
  const isHandled = isStaff && says('handled')
  const wordCount = statements.reduce((sum, { flat }) => sum + countWords(flat), 0)
  const shown = statements.filter((statement) => isShowing(statement, words)).length
  const hasStep = wordCount >= FEWEST_OF_STEP && statements.some(({ text }) => tellsStep(text, draftWords))
  const instructs = isHandled ? shown >= FEWEST_BESIDE : shown > 0 || hasStep
  const isTrusted = isHelper || (post.score ?? 0) >= LEAST_SCORE
  const solvedBy = post.accepted
    ? 'accepted'
    : isRefuted
      ? undefined
      : isConfirmed
        ? 'confirmed'
        : isTrusted && instructs
          ? 'trusted'
          : undefined
  return {
    post,
    statements,
    wordCount,
    instructs,
    isHandled,
    isDeferred: wordCount <= LONGEST_DEFERRAL && says('deferred'),
    solvedBy,
  }
}

function isShowing({ text, kind }: Statement, words: readonly TypingWords[]): boolean {
  if (kind === 'code' || kind === 'row') return true
  return valuesOf(text, words).some(({ kind: value }) => value === 'code' || value === 'path')
}

/** A step at the start, or behind `:` as in `It exists: click …`. */
function tellsStep(text: string, draftWords: readonly DraftWords[]): boolean {
  const colon = text.indexOf(': ')
  return isStep(text, draftWords) || (colon >= 0 && isStep(text.slice(colon + 2), draftWords))
}

function countWords(flat: string): number {
  return flat.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** The answers that solve what a thread asks: accepted ones, else those that who asked confirms, else trusted ones. */
export function solutionsOf({ answers }: ReadThread): readonly ReadAnswer[] {
  for (const by of ['accepted', 'confirmed', 'trusted'] as const) {
    const found = answers.filter(({ solvedBy }) => solvedBy === by)
    if (found.length > 0) return found
  }
  return []
}
