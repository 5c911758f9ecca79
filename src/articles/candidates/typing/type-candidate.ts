import { createTermAnalyser } from '../../../text/terms/terms.ts'
import { compareWithArticle } from './compare-with-article.ts'
import { bestMatch } from './match-article.ts'
import { reasonAgainst } from './reason-against.ts'
import { type ReadThread, readThread, solutionsOf } from './solution.ts'
import type { Statement } from './statements.ts'
import { bounded } from './terms.ts'
import type { CandidateMaterial, Quote, TypedCandidate, TypingEvidence } from './types.ts'

/** From this likeness on an article is about a candidate. */
const ABOUT = 0.23
/** A question that shares less with an article is about something else, whatever the answer says. */
const LEAST_ASKED = 0.05
/** From this one on an article answers a question that nobody answered. */
const ANSWERS = 0.45
/** Threads of a group that are read. */
const MOST_THREADS = 50

const TYPES = { covers: 'link', adds: 'update', contradicts: 'contradicts' } as const

/**
 * What a thread, or a group of threads that ask the same, is worth to the knowledge base, and why. Takes time linear in
 * the posts; any Markdown is typed.
 */
export function typeCandidate({
  threads,
  articles,
  termWeight,
  analyser = createTermAnalyser(),
}: CandidateMaterial): TypedCandidate {
  const tools = { analyser, termWeight: bounded(termWeight) }
  const reads = threads.slice(0, MOST_THREADS).map(readThread)
  const against = reads.map((read) => reasonAgainst(read))
  const worth = reads.filter((_, at) => against[at] === undefined)
  const match = bestMatch(worth.length > 0 ? worth : reads, articles, tools)
  const evidence: TypingEvidence = {
    solutions: worth.flatMap((read) =>
      solutionsOf(read).flatMap(({ post, solvedBy }) =>
        solvedBy === undefined ? [] : [{ threadId: read.thread.id, postId: post.id, by: solvedBy }],
      ),
    ),
    cues: [],
    match: match && { articleId: match.article.id, likeness: match.likeness, terms: match.terms },
    additions: [],
    differences: [],
  }
  if (worth.length === 0) {
    const { reason, cues } = against[0] ?? { reason: 'unanswered' as const, cues: [] }
    const isAnswered =
      match !== undefined && match.asked >= ANSWERS && match.article.content.resolution.trim() !== ''
    if (reason === 'unanswered' && isAnswered) return { type: 'link', articleId: match.article.id, evidence }
    return { type: 'none', reason, evidence: { ...evidence, cues: quotesOf(cues, reads[0]) } }
  }
  if (match === undefined || match.likeness < ABOUT || match.asked < LEAST_ASKED)
    return { type: 'create', evidence }
  const { relation, additions, differences } = compareWithArticle(worth, match.article, tools)
  return {
    type: TYPES[relation],
    articleId: match.article.id,
    evidence: { ...evidence, additions, differences },
  }
}

function quotesOf(cues: readonly Statement[], read: ReadThread | undefined): Quote[] {
  if (read === undefined) return []
  return cues.map((cue) => {
    const answer = read.answers.find(({ statements }) => statements.includes(cue))
    const post = read.asked.includes(cue) ? read.question : answer?.post
    return { threadId: read.thread.id, postIds: post === undefined ? [] : [post.id], text: cue.text }
  })
}
