import type { CitationFlag, CitationSection } from '../citation.ts'

/** A post that a passage rests on, as it was when a person last found the passage right. */
export interface PassageCitation {
  readonly postId: string
  /** What of the post the passage rests on, a sentence or block each; empty where that is the post as a whole. */
  readonly excerpt: readonly string[]
  /** Of the post's body. */
  readonly hash: string
  readonly accepted: boolean
  /** The accepted answers of the post's thread that whoever wrote or kept the passage could know of. */
  readonly answers: readonly string[]
  readonly flag?: CitationFlag
  readonly flaggedAt?: string
}

/**
 * A block of a section, with what it rests on. One without text stands for its section: the section rests on the post,
 * and none of its blocks says the same.
 */
export interface Passage {
  /** Absent before it is stored. */
  readonly id?: string
  readonly section: CitationSection
  /** Markdown, as it stands in the section. */
  readonly text: string
  readonly citations: readonly PassageCitation[]
}

export interface StoredPassage extends Passage {
  readonly id: string
}
