import type { Audience } from '../access/audience.ts'
import type { MemberRole, PostKind } from '../sources/record.ts'

export type Facts = Readonly<Record<string, string | number | boolean>>

/** A question with its posts, as its source tells it; times are ISO 8601 in UTC. */
export interface Thread {
  readonly id: string
  readonly sourceId: string
  /** The source's name. */
  readonly source: string
  /** Who may see it: its source's audience. */
  readonly audience: Audience
  /** Its id in the source. */
  readonly externalId: string
  readonly title: string
  /** ISO 639-1, or `und`. */
  readonly language: string
  readonly url?: string
  readonly tags: readonly string[]
  readonly views?: number
  readonly closed: boolean
  /** Verdicts that the source states, by facet. */
  readonly statedLabels: Readonly<Record<string, string>>
  readonly facts: Facts
  readonly questionId?: string
  readonly answerCount: number
  /** Whether at least one of its answers is accepted. */
  readonly resolved: boolean
  readonly firstAnsweredAt?: string
  readonly createdAt: string
  /** Last activity: its own creation, or that or the last edit of its question or an answer. */
  readonly updatedAt: string
  /** The thread that shows its posts, since an agent merged it into that one. */
  readonly mergedInto?: string
  /** The thread that an agent split it from. */
  readonly splitFrom?: string
}

export interface Author {
  readonly id: string
  readonly name: string
  readonly role: MemberRole
  readonly reputation?: number
}

export interface Post {
  readonly id: string
  readonly kind: PostKind
  /** The post that it hangs on; for an answer that may be the question. */
  readonly parentId?: string
  /** Absent where the source does not name or no longer knows the author. */
  readonly author?: Author
  /** Markdown, with nothing in it trusted. */
  readonly body: string
  readonly accepted: boolean
  readonly score?: number
  readonly votes?: { readonly up: number; readonly down: number }
  readonly createdAt: string
  readonly editedAt?: string
  /** The thread that its source has it in, where an agent's merge or split shows it in another. */
  readonly homeThreadId?: string
  /** Changes whenever the source's record of it does. */
  readonly hash: string
}

/** Another thread that one is linked with. */
export interface ThreadLink {
  readonly threadId: string
  readonly title: string
  /** `near-duplicate`: found by Entraide; the others are stated by the source. */
  readonly kind: 'duplicate' | 'related' | 'near-duplicate'
  /** Of a near-duplicate: how alike the two questions are, in [0, 1]. */
  readonly likeness?: number
  /** `to` when the thread points at the other, `from` when the other points at it. */
  readonly direction: 'to' | 'from'
}

export type Standing = MemberRole | 'unknown'

/** What classification, routing and search judge a thread by. */
export interface ThreadFacts {
  readonly id: string
  readonly sourceId: string
  readonly source: string
  readonly audience: Audience
  readonly title: string
  /** The question in Markdown; empty while it has not come. */
  readonly question: string
  readonly language: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly askerRole: Standing
  readonly askerReputation?: number
  readonly views?: number
  readonly tags: readonly string[]
  readonly facts: Facts
  readonly answerCount: number
  readonly resolved: boolean
  readonly firstAnsweredAt?: string
  readonly closed: boolean
  readonly statedLabels: Readonly<Record<string, string>>
}
