import type { DomainEvent } from '../../platform/jobs/events.ts'

/** Posts that fit no label have become a topic of their own; told once, when it is first proposed. */
export interface TopicProposed extends DomainEvent {
  readonly type: 'topic.proposed'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
}

/** A person said that a topic is this label, which is new or was there. */
export interface TopicAccepted extends DomainEvent {
  readonly type: 'topic.accepted'
  readonly topicId: string
  readonly facet: string
  readonly facetId: string
  readonly label: string
}
