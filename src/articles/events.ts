import type { CitationFlag, CitationSection } from './citation.ts'

/** An article was validated for an audience: for the first time, again after it was archived, or for another one. */
export interface ArticlePublished {
  readonly type: 'article.published'
  readonly articleId: string
  /** The revision that was published. */
  readonly revision: number
}

export interface RaisedFlag {
  readonly articleId: string
  readonly section: CitationSection
  readonly postId: string
  readonly flag: CitationFlag
  readonly flaggedAt: string
}

/** Posts that articles rest on are no longer what they were; one event a batch. Flags that go are not told. */
export interface FlagsRaised {
  readonly type: 'flags.raised'
  readonly flags: readonly RaisedFlag[]
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'article.published': ArticlePublished
    'flags.raised': FlagsRaised
  }
}
