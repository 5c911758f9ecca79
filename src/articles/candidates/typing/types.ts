import type { TermAnalyser } from '../../../text/terms/terms.ts'
import type { ArticleContent } from '../../article.ts'
import type { DraftPost } from '../../extraction/material.ts'

/** What a candidate asks for: an article to write, to complete, to link, or to correct. */
export const CANDIDATE_TYPES = ['create', 'update', 'link', 'contradicts'] as const
export type CandidateType = (typeof CANDIDATE_TYPES)[number]

/** Why a thread is no candidate. */
export const REASONS = [
  'idea',
  'complaint',
  'thanks',
  'announcement',
  'personal',
  'unanswered',
  'too-small',
  'chat',
] as const
export type Reason = (typeof REASONS)[number]

/** How much it says that two texts share a term: the rarer the term, the more. Not negative. */
export type TermWeight = (term: string) => number

/** A thread as far as its typing reads it. Post bodies are Markdown, untrusted. */
export interface CandidateThread {
  readonly id: string
  readonly title: string
  /** ISO 639-1, or `und`. */
  readonly language: string
  readonly posts: readonly DraftPost[]
  /** The label of the facet `message-kind`, where one is in force or assigned. */
  readonly messageKind?: string
}

/** An article that search found for a candidate. */
export interface NearArticle {
  readonly id: string
  readonly content: ArticleContent
}

export interface CandidateMaterial {
  /** One thread, or those that ask the same. */
  readonly threads: readonly CandidateThread[]
  /** At most twenty are read. */
  readonly articles: readonly NearArticle[]
  /** `ln(1 + n / (1 + df))` over the community's threads and articles; terms are those of `createTermAnalyser`. */
  readonly termWeight: TermWeight
  /** Shared by the candidates of a batch, it stems each word once. */
  readonly analyser?: TermAnalyser
}

/** What makes a post the solution: accepted, confirmed by who asked, or by staff, an expert or many votes. */
export type SolvedBy = 'accepted' | 'confirmed' | 'trusted'

/** A passage as written, in Markdown; of no post where the title says it. */
export interface Quote {
  readonly threadId: string
  readonly postIds: readonly string[]
  readonly text: string
}

/** What kind of value a statement states; a path leads through menus. */
export type ValueKind = 'number' | 'amount' | 'duration' | 'code' | 'path'

/** A statement of the answer against what the article says of the same. */
export interface Difference {
  /** `ended`: the answer says that something of the article is no longer so; `yes-no`: one affirms, the other denies. */
  readonly kind: ValueKind | 'ended' | 'yes-no'
  /** The values that differ, as written; empty where no values do. */
  readonly inAnswer: string
  readonly inArticle: string
  readonly quote: Quote
  /** The article's statement. */
  readonly statement: string
}

export interface TypingEvidence {
  /** What solved it; empty where nothing did. */
  readonly solutions: readonly {
    readonly threadId: string
    readonly postId: string
    readonly by: SolvedBy
  }[]
  /** What speaks for the reason, where there is one. */
  readonly cues: readonly Quote[]
  /** The article that is about it, and how much of the question it shares, in [0, 1]. */
  readonly match?: {
    readonly articleId: string
    readonly likeness: number
    readonly terms: readonly string[]
  }
  /** Statements of the answer that the article lacks. */
  readonly additions: readonly Quote[]
  readonly differences: readonly Difference[]
}

export type TypedCandidate =
  | { readonly type: 'create'; readonly evidence: TypingEvidence }
  | {
      readonly type: 'update' | 'link' | 'contradicts'
      readonly articleId: string
      readonly evidence: TypingEvidence
    }
  | { readonly type: 'none'; readonly reason: Reason; readonly evidence: TypingEvidence }
