import type { Actor } from '../access/actor.ts'
import type { Audience } from '../access/audience.ts'

/** How far an article can be trusted (KCS v6). */
export const CONFIDENCES = ['wip', 'not_validated', 'validated', 'archived'] as const
export type Confidence = (typeof CONFIDENCES)[number]

/** What people write and edit, in Markdown but for title and language. */
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
  /** The thread it was promoted from. */
  readonly threadId?: string
  readonly confidence: Confidence
  readonly audience: Audience
  /** Number of its latest revision. */
  readonly revision: number
  readonly createdAt: string
  readonly updatedAt: string
  /** When it was last published. */
  readonly publishedAt?: string
}

/** An article as it was after one change; never altered. */
export interface Revision {
  readonly number: number
  readonly content: ArticleContent
  readonly confidence: Confidence
  readonly audience: Audience
  readonly actor: { readonly id: string; readonly name: string }
  readonly createdAt: string
}

/** What a caller may see: their audience's articles, and of those the unfinished ones only when they work on them. */
export interface Reader {
  readonly audience: Audience
  readonly seesDrafts: boolean
}

const WORK_WITH_DRAFTS: readonly string[] = ['agent', 'knowledge-manager', 'supervisor', 'admin']

/** What an actor may see, and whether they work on articles. */
export function readerOf({ audience, roles }: Actor): Reader {
  return { audience, seesDrafts: roles.some((role) => WORK_WITH_DRAFTS.includes(role)) }
}

/** What people wrote of an article, without its state. */
export function contentOf(article: ArticleContent): ArticleContent {
  const { title, issue, environment, resolution, cause, language } = article
  return { title, issue, environment, resolution, cause, language }
}

/** The sections without which nobody is helped. */
export function missingSections(content: ArticleContent): string[] {
  return (['title', 'issue', 'resolution'] as const).filter((section) => content[section].trim() === '')
}
