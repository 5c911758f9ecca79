import { createHash } from 'node:crypto'

export type CitationSection = 'issue' | 'resolution'

/** What has happened to a cited post since the citation was made. */
export const CITATION_FLAGS = ['edited', 'unaccepted', 'deleted'] as const
export type CitationFlag = (typeof CITATION_FLAGS)[number]

/** A section of an article and the post it rests on, as that post was when the citation was made. */
export interface Citation {
  readonly section: CitationSection
  readonly postId: string
  readonly hash: string
  readonly accepted: boolean
}

/** A cited post as it is now. */
export interface PostState {
  readonly body: string
  readonly accepted: boolean
}

/** A citation of a stored article, with its flag and its post as it is now. */
export interface StoredCitation extends Citation {
  readonly articleId: string
  readonly flag?: CitationFlag
  /** Absent when the post was removed. */
  readonly now?: PostState
}

/** A citation as a reader sees it. */
export interface CitationView {
  readonly section: CitationSection
  readonly postId: string
  /** Name of the post's author. */
  readonly author?: string
  readonly flag?: CitationFlag
  readonly flaggedAt?: string
}

/** Hash of a post's body alone: votes and comments do not change what it states. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22)
}

/** The gravest thing that has happened to a cited post; undefined while it is as it was cited. */
export function flagOf(citation: Citation, now: PostState | undefined): CitationFlag | undefined {
  if (now === undefined) return 'deleted'
  if (citation.accepted && !now.accepted) return 'unaccepted'
  return bodyHash(now.body) === citation.hash ? undefined : 'edited'
}
