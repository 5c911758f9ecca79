import type { Named } from '../rights/governance.ts'

/** What is asked of whoever reviews: whether the article is still right, or whether it may go. */
export const REVIEW_KINDS = ['check', 'archive'] as const
export type ReviewKind = (typeof REVIEW_KINDS)[number]

/** `waiting`: until its owner has fewer; `done`: somebody decided, or nothing asks for a review any more. */
export const REVIEW_STATES = ['waiting', 'assigned', 'put-off', 'done'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

/** Why an article is due, with a figure: days, or how many. */
export const REVIEW_REASONS = ['age', 'reports', 'feedback', 'flags', 'unused', 'superseded'] as const
export interface ReviewReason {
  readonly reason: (typeof REVIEW_REASONS)[number]
  readonly count: number
}

/** How an article was used in the last days. */
export interface ReviewFigures {
  readonly days: number
  readonly uses: number
  /** Readings outside the workbench. */
  readonly reads: number
  readonly solved: number
  readonly unsolved: number
}

/** An article that is due for a review, at most one an article. */
export interface Review {
  readonly articleId: string
  readonly kind: ReviewKind
  readonly reasons: readonly ReviewReason[]
  readonly figures: ReviewFigures
  /** Category of the article. */
  readonly category?: string
  /** Who owns the category and may know all reasons; nobody where there is no such person. */
  readonly ownerId?: string
  readonly state: ReviewState
  readonly foundAt: string
  /** When its owner was last asked. */
  readonly assignedAt?: string
  /** Until when it was put off. */
  readonly until?: string
  readonly putOffReason?: string
  /** The last decision on it. */
  readonly decisionId?: string
}

/** That somebody found an article right as it is. */
export interface Check {
  readonly by: Named
  readonly at: string
}

/** Reasons that rest on nothing but the article: whoever works on it may know them. Others name reports and posts. */
export function isOpenReason({ reason }: ReviewReason): boolean {
  return reason === 'age' || reason === 'feedback' || reason === 'unused'
}
