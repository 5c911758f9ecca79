import type { CitationFlag, CitationSection } from './citation.ts'

/** An article was validated for an audience: for the first time, again after it was archived, or for another one. */
export interface ArticlePublished {
  readonly type: 'article.published'
  readonly articleId: string
  /** The revision that was published. */
  readonly revision: number
}

/** An article has another revision, which may be its first, or its latest was approved. */
export interface ArticleChanged {
  readonly type: 'article.changed'
  readonly articleId: string
  readonly revision: number
}

/** The draft of an article was saved, discarded or applied. */
export interface ArticleDraftChanged {
  readonly type: 'article.draft-changed'
  readonly articleId: string
  readonly version: number
}

export interface RaisedFlag {
  readonly articleId: string
  readonly passageId: string
  readonly section: CitationSection
  readonly postId: string
  readonly flag: CitationFlag
  readonly flaggedAt: string
}

/** Cited posts are no longer as they were cited; one event a batch. There is no event for a cleared flag. */
export interface FlagsRaised {
  readonly type: 'flags.raised'
  readonly flags: readonly RaisedFlag[]
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'article.published': ArticlePublished
    'article.changed': ArticleChanged
    'article.draft-changed': ArticleDraftChanged
    'flags.raised': FlagsRaised
  }
}
