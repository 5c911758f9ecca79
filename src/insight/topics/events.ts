/** Posts that fit no label have become a topic of their own; told once, when it is first proposed. */
export interface TopicProposed {
  readonly type: 'topic.proposed'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
}

/** A person said that a topic is this label, which is new or was there. */
export interface TopicAccepted {
  readonly type: 'topic.accepted'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
  readonly label: string
}

declare module '../../platform/jobs/events.ts' {
  interface EventMap {
    'topic.proposed': TopicProposed
    'topic.accepted': TopicAccepted
  }
}
