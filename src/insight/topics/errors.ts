import { defineErrors } from '../../platform/index.ts'

export const topicErrors = defineErrors({
  TOPIC_NOT_FOUND: [404, 'There is no topic {id}'],
  TOPIC_SETTLED: [409, 'Topic {id} was {status} already'],
})
