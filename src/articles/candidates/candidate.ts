import type { CandidateType, TypingEvidence } from './typing/types.ts'

/** What became of a candidate. */
export const STATES = ['open', 'promoted', 'linked', 'merged', 'declined'] as const
export type CandidateState = (typeof STATES)[number]

/** Why a candidate deserves no article. */
export const DECLINE_REASONS = [
  'not-knowledge',
  'personal',
  'too-small',
  'too-rare',
  'outdated',
  'wrong',
  'other',
] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]

/** How much a candidate is wanted, as far as it was measured; independent of the weights. */
export interface Demand {
  /** Views a month, of all its threads. */
  readonly views: number
  /** How often it was asked: its threads. */
  readonly askings: number
  /** Searches of the last thirty days that found no article; absent until they are counted, once a day. */
  readonly failedSearches?: number
  /** Latest activity in its threads, ISO 8601. */
  readonly lastAt: string
}

/** Threads that ask the same and deserve an article: one to write, to complete, to link or to correct. */
export interface Candidate {
  readonly id: string
  /** The thread that an article would be made from. */
  readonly leadId: string
  readonly language: string
  readonly type: CandidateType
  /** The article that it completes, is answered by, or contradicts. */
  readonly articleId?: string
  readonly category?: string
  readonly evidence: TypingEvidence
  readonly demand: Demand
  /** Views a month, weighted: what candidates are ranked by. */
  readonly score: number
  readonly state: CandidateState
  /** The candidate that it was merged into. */
  readonly mergedInto?: string
  /** The article that it became or was linked to. */
  readonly outcomeArticleId?: string
  /** The decision in force; none where its thread was promoted elsewhere. */
  readonly decisionId?: string
}
