/** A customer's question became a thread of the help centre's own source. */
export interface QuestionAsked {
  readonly type: 'question.asked'
  readonly questionId: string
  readonly threadId: string
}

declare module '../platform/jobs/events.ts' {
  interface EventMap {
    'question.asked': QuestionAsked
  }
}
