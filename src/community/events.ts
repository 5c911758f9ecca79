import type { Audience } from '../access/audience.ts'

/** A customer's question became a thread of the help centre's own source. */
export interface QuestionAsked {
  readonly type: 'question.asked'
  readonly questionId: string
  readonly threadId: string
}

/** The inbox shows something else of threads that this audience may see. */
export interface InboxChanged {
  readonly type: 'inbox.changed'
  readonly audience: Audience
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'question.asked': QuestionAsked
    'inbox.changed': InboxChanged
  }
}
