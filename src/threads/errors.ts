import { defineErrors } from '../platform/errors.ts'

/** Faults of threads, and of merging and splitting them. */
export const threadErrors = defineErrors({
  THREAD_NOT_FOUND: [404, 'There is no thread {id}'],
  THREAD_MERGED: [409, 'Thread {id} was merged into {into}: that is the one to work on'],
  THREAD_MERGE_CYCLE: [409, 'Thread {into} is, or was merged into, thread {id} itself'],
  THREAD_MERGE_SOURCES: [
    409,
    'Threads {id} and {into} come from different sources, with readers of their own',
  ],
  THREAD_NOT_MERGED: [409, 'Thread {id} was not merged into another'],
  THREAD_NOT_SPLIT: [409, 'Thread {id} was not split from another'],
  THREAD_SPLIT_IN_USE: [409, 'Threads were merged into thread {id}: undo those merges first'],
  THREAD_SPLIT_QUESTION: [409, 'The question of thread {id} stays: split off other posts'],
  POST_NOT_IN_THREAD: [404, 'Thread {id} shows no post {postId}'],
})
