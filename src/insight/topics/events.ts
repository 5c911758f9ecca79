/** Posts that fit no label became a topic; appended once, when it is first proposed. */
export interface TopicProposed {
  readonly type: 'topic.proposed'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
}

/** A person accepted a topic as a label, a new or an existing one. */
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
