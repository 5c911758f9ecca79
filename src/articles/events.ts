import type { DomainEvent } from '../platform/index.ts'
import type { EvidenceFlag, EvidenceSection } from './evidence.ts'

/** An article was validated for an audience: for the first time, again after it was archived, or for another one. */
export interface ArticlePublished extends DomainEvent {
  readonly type: 'article.published'
  readonly articleId: string
  /** The revision that was published. */
  readonly revision: number
}

export interface RaisedFlag {
  readonly articleId: string
  readonly section: EvidenceSection
  readonly postId: string
  readonly flag: EvidenceFlag
  readonly flaggedAt: string
}

/** Posts that articles rest on are no longer what they were; one event a batch. Flags that go are not told. */
export interface FlagsRaised extends DomainEvent {
  readonly type: 'flags.raised'
  readonly flags: readonly RaisedFlag[]
}
