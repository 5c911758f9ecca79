import { createHash } from 'node:crypto'

/** The sections of an article, whose blocks rest on posts. */
export const CITATION_SECTIONS = ['issue', 'environment', 'resolution', 'cause'] as const
export type CitationSection = (typeof CITATION_SECTIONS)[number]

/** What has happened to a cited post since the citation was made; `superseded`: another answer was accepted. */
export const CITATION_FLAGS = ['edited', 'unaccepted', 'superseded', 'deleted'] as const
export type CitationFlag = (typeof CITATION_FLAGS)[number]

/** A citation as a reader sees it. */
export interface CitationView {
  readonly passageId: string
  readonly section: CitationSection
  readonly postId: string
  /** The thread that shows the post; absent when the post was removed. */
  readonly threadId?: string
  /** Name of the post's author. */
  readonly author?: string
  readonly flag?: CitationFlag
  readonly flaggedAt?: string
}

/** Hash of a post's body alone: votes and comments do not change what it states. */
export function bodyHash(body: string): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, 22)
}
