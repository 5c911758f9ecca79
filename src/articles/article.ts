import type { Audience } from '../access/audience.ts'
import type { CodedError } from '../platform/errors.ts'
import { articleErrors } from './errors.ts'

/** How far an article can be trusted (KCS v6). */
export const CONFIDENCES = ['wip', 'not_validated', 'validated', 'archived'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** What people write and edit. All sections are Markdown; title and language are plain text. */
export interface ArticleContent {
  readonly title: string
  /** The problem, in the requestor's words. */
  readonly issue: string
  readonly environment: string
  readonly resolution: string
  readonly cause: string
  readonly language: string
}

export interface Article extends ArticleContent {
  readonly id: string
  /** The thread it was promoted from; of several, the lead. */
  readonly threadId?: string
  readonly confidence: Confidence
  readonly audience: Audience
  /** Id of who began it; absent where that is not known. */
  readonly createdBy?: string
  /** Number of its latest revision. */
  readonly revision: number
  readonly createdAt: string
  readonly updatedAt: string
  /** When it was last published. */
  readonly publishedAt?: string
}

/** An article as it was after one change; immutable. */
export interface Revision {
  readonly number: number
  readonly content: ArticleContent
  readonly confidence: Confidence
  readonly audience: Audience
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
}

/** The content of an article, without its state. */
export function contentOf(article: ArticleContent): ArticleContent {
  const { title, issue, environment, resolution, cause, language } = article
  return { title, issue, environment, resolution, cause, language }
}

const REQUIRED = ['title', 'issue', 'resolution'] as const
export type RequiredSection = (typeof REQUIRED)[number]

/** What content lacks to be published. */
export function missingSections(content: ArticleContent): RequiredSection[] {
  return REQUIRED.filter((section) => content[section].trim() === '')
}

/** The error of content that lacks what an article cannot be published without. */
export function refuseIncomplete(id: string, missing: readonly RequiredSection[]): CodedError {
  return articleErrors.ARTICLE_INCOMPLETE({ id, missing: missing.join(', ') })
}

/** @throws CodedError ARTICLE_INCOMPLETE */
export function requireComplete(id: string, content: ArticleContent): void {
  const missing = missingSections(content)
  if (missing.length > 0) throw refuseIncomplete(id, missing)
}
