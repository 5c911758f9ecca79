import { defineErrors } from '../../platform/errors.ts'

export const inboxErrors = defineErrors({
  INBOX_THREAD_ABSENT: [
    409,
    'The thread {id} is not in the inbox: it is resolved or closed, or no rule sends it to a queue.',
  ],
  INBOX_TAKEN: [409, '{name} has this thread. Leave it to them, or take over.'],
  INBOX_QUEUE_UNKNOWN: [422, 'There is no queue "{queue}". Choose one that the routing rules name.'],
  INBOX_COLLEAGUE_UNKNOWN: [
    422,
    'Nobody with the account {id} can take this thread: they must be able to answer it and to read it.',
  ],
  INBOX_NOT_ESCALATED: [409, 'The thread {id} is not escalated'],
})
