import { defineErrors } from '../../platform/errors.ts'

export const TOPIC_STATUSES = ['open', 'accepted', 'dismissed'] as const
export type TopicStatus = (typeof TOPIC_STATUSES)[number]

/** A word that tells a topic's posts from others; shown to who may see one of the threads that have it. */
interface TopicWord {
  readonly term: string
  /** The term as it is mostly written. */
  readonly word: string
  readonly examples: readonly string[]
}

/** How a topic stood out when it was last seen. */
interface TopicFigures {
  /** Its posts in the window, who asked them, and how many there would be at the earlier rate. */
  readonly posts: number
  readonly askers: number
  readonly expected: number
  /** The chance of so many at the earlier rate, times the clusters that were tried. */
  readonly p: number
  readonly window: { readonly since: string; readonly until: string }
}

/** A burst of similar posts that fit no label, proposed as a label. */
export interface Topic {
  readonly id: string
  readonly facet: string
  readonly facetId: string
  readonly status: TopicStatus
  /** The most telling first. */
  readonly words: readonly TopicWord[]
  readonly figures: TopicFigures
  /** The label it was accepted as. */
  readonly label?: { readonly facet: string; readonly name: string }
  readonly firstSeenAt: string
  readonly lastSeenAt: string
  readonly settled?: { readonly at: string; readonly by: { readonly id: string; readonly name: string } }
}

/** A topic as it was found, before it is known whether it was proposed before. */
export interface FoundTopic {
  readonly words: readonly TopicWord[]
  readonly figures: TopicFigures
  /** The most typical first. */
  readonly posts: readonly { readonly threadId: string; readonly likeness: number }[]
}

export const topicErrors = defineErrors({
  TOPIC_NOT_FOUND: [404, 'There is no topic {id}'],
  TOPIC_CLOSED: [409, 'Topic {id} is already {status}'],
})
