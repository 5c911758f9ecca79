import { createHash } from 'node:crypto'

export type CitationSection = 'issue' | 'resolution'

/** What happened to a post since a section was built on it. */
export const EVIDENCE_FLAGS = ['edited', 'unaccepted', 'deleted'] as const
export type CitationFlag = (typeof EVIDENCE_FLAGS)[number]

/** A post that a section of an article rests on. */
export interface Evidence {
  readonly section: CitationSection
  readonly postId: string
  /** Name of who wrote the post. */
  readonly author?: string
  readonly flag?: CitationFlag
  readonly flaggedAt?: string
}

/** A post as it was when a section was built on it. */
export interface Footing {
  readonly section: CitationSection
  readonly postId: string
  readonly hash: string
  readonly accepted: boolean
}

/** How a post that an article rests on stands now; absent when it is gone. */
export interface PostState {
  readonly body: string
  readonly accepted: boolean
}

/** Of the body alone: votes and comments leave what a post says as it is. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22)
}

/** The gravest thing that has happened to a post since; undefined when it still says, and is, what it was. */
export function flagOf(footing: Footing, now: PostState | undefined): CitationFlag | undefined {
  if (now === undefined) return 'deleted'
  if (footing.accepted && !now.accepted) return 'unaccepted'
  return bodyHash(now.body) === footing.hash ? undefined : 'edited'
}
