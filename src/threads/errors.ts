import { defineErrors } from '../platform/errors.ts'

/** Faults of threads, and of merging and splitting them. */
export const threadErrors = defineErrors({
  THREAD_NOT_FOUND: [404, 'There is no thread {id}'],
  THREAD_MERGED: [409, 'Thread {id} was merged into thread {into}. Use that thread instead.'],
  THREAD_MERGE_CYCLE: [
    409,
    'Thread {id} cannot be merged into {into}, which is the same thread or was merged into it',
  ],
  THREAD_MERGE_SOURCES: [
    409,
    'Threads {id} and {into} belong to different sources. Only threads of one source can be merged.',
  ],
  THREAD_NOT_MERGED: [409, 'Thread {id} is not merged into another thread'],
  THREAD_NOT_SPLIT: [409, 'Thread {id} was not created by a split'],
  THREAD_SPLIT_IN_USE: [409, 'Other threads were merged into thread {id}. Undo those merges first.'],
  THREAD_SPLIT_QUESTION: [409, 'The question of thread {id} cannot be split off. Choose other posts.'],
  THREAD_PROTECTED: [
    409,
    'Thread {id} is protected ({ground}): it is neither promoted nor published until two people release it. Ask for that at /api/threads/{id}/release/request.',
  ],
  THREAD_NOT_PROTECTED: [409, 'Thread {id} is not protected, so there is nothing to release'],
  RELEASE_NOT_REQUESTED: [
    409,
    'Nobody has asked to release thread {id}. Ask first; another person then confirms.',
  ],
  RELEASE_SAME_PERSON: [403, 'You asked to release thread {id} yourself. Another person has to confirm it.'],
  PROTECTIONS_FORBIDDEN: [
    403,
    'Protected threads are listed for internal readers only. Use a key with the audience internal.',
  ],
  POST_NOT_IN_THREAD: [404, 'Thread {id} does not show post {postId}'],
})
