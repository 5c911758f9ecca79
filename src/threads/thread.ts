import type { Audience } from '../access/audience.ts'
import type { MemberRole, PostKind } from '../sources/record.ts'

export type Facts = Readonly<Record<string, string | number | boolean>>

/** A question with its posts, as its source states it; times are ISO 8601 in UTC. */
export interface Thread {
  readonly id: string
  readonly sourceId: string
  /** The source's name. */
  readonly source: string
  /** Who may see it: its source's audience; `internal` while it is locked because it is sensitive. */
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
  /** Labels that the source states, by facet. */
  readonly statedLabels: Readonly<Record<string, string>>
  readonly facts: Facts
  readonly questionId?: string
  readonly answerCount: number
  /** Whether at least one of its answers is accepted. */
  readonly resolved: boolean
  readonly firstAnsweredAt?: string
  readonly createdAt: string
  /** Last activity: its own creation, or the creation or last edit of its question or an answer. */
  readonly updatedAt: string
  /** The thread that an agent merged it into, which shows its posts. */
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
  /** The post that it replies to; for an answer that may be the question. */
  readonly parentId?: string
  /** Absent where the source does not name or no longer knows the author. */
  readonly author?: Author
  /** Markdown; untrusted. */
  readonly body: string
  readonly accepted: boolean
  readonly score?: number
  readonly votes?: { readonly up: number; readonly down: number }
  readonly createdAt: string
  readonly editedAt?: string
  /** The thread that its source has it in, if a merge or split shows it in another. */
  readonly homeThreadId?: string
  /** Changes whenever the source's record of it does. */
  readonly hash: string
}

/** Where its source has a post. */
export interface PostPlace {
  /** Its id in the source. */
  readonly externalId: string
  readonly threadId: string | null
  readonly kind: PostKind
  readonly createdAt: string
  readonly accepted: boolean
}

/** Another thread that one is linked with. */
export interface ThreadLink {
  readonly threadId: string
  readonly title: string
  /** `near-duplicate`: found by Entraide; the others are stated by the source. */
  readonly kind: 'duplicate' | 'related' | 'near-duplicate'
  /** Of a near-duplicate: the similarity of the two questions, in [0, 1]. */
  readonly likeness?: number
  /** `to` if the thread links to the other, `from` if the other links to it. */
  readonly direction: 'to' | 'from'
}

export type AskerRole = MemberRole | 'unknown'

/** What classification, routing and search use of a thread. */
export interface ThreadFacts {
  readonly id: string
  readonly sourceId: string
  readonly source: string
  readonly audience: Audience
  readonly title: string
  /** The question in Markdown; empty while it is unknown. */
  readonly question: string
  readonly language: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly askerRole: AskerRole
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
