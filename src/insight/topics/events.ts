import type { DomainEvent } from '../../platform/jobs/events.ts'

/** Posts that fit no label became a topic; appended once, when it is first proposed. */
export interface TopicProposed extends DomainEvent {
  readonly type: 'topic.proposed'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
}

/** A person accepted a topic as a label, a new or an existing one. */
export interface TopicAccepted extends DomainEvent {
  readonly type: 'topic.accepted'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
  readonly label: string
}
