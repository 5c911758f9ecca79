import { defineErrors } from '../../platform/errors.ts'

export const TOPIC_STATUSES = ['open', 'accepted', 'dismissed'] as const
export type TopicStatus = (typeof TOPIC_STATUSES)[number]

/** A word that distinguishes a topic's posts from others. A reader sees it if they may see one of the examples. */
interface TopicWord {
  readonly term: string
  /** The most frequent form of the term. */
  readonly word: string
  readonly examples: readonly string[]
}

/** How much a topic stood out when it was last seen. */
interface TopicFigures {
  /** Its posts in the window, their askers, and the posts expected at the earlier rate. */
  readonly posts: number
  readonly askers: number
  readonly expected: number
  /** Probability of so many posts at the earlier rate, times the clusters that were tried. */
  readonly p: number
  readonly window: { readonly since: string; readonly until: string }
}

/** A burst of similar posts that fit no label, proposed as a label. */
export interface Topic {
  readonly id: string
  readonly facet: string
  readonly facetId: string
  readonly status: TopicStatus
  /** The most distinctive first. */
  readonly words: readonly TopicWord[]
  readonly figures: TopicFigures
  /** The label it was accepted as. */
  readonly label?: { readonly facet: string; readonly name: string }
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly resolved?: { readonly at: string; readonly by: { readonly id: string; readonly name: string } }
}

/** A topic as it was found; it may have been proposed before. */
export interface FoundTopic {
  readonly words: readonly TopicWord[]
  readonly figures: TopicFigures
  /** The most typical first. */
  readonly posts: readonly { readonly threadId: string; readonly likeness: number }[]
}

export const topicErrors = defineErrors({
  TOPIC_NOT_FOUND: [404, 'There is no topic {id}'],
  TOPIC_RESOLVED: [409, 'Topic {id} is already {status}'],
})
